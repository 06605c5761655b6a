import { takenWords } from '../../core/flow';
import { printJson } from '../../core/json';
import { expectedWords, type SavedCall } from '../../core/scenario';

/** Where a call of a scenario stands. */
export type CallState = 'none' | 'running' | 'passed' | 'failed' | 'stopped';

/** A call as a scenario's page lists it. Texts are as the scenario has them, and not yet fit to be shown as they are. */
export interface ScenarioCall {
	readonly tool: string;
	/** JSON on one line. */
	readonly arguments: string;
	/** What is expected of it, as the rest of a sentence; null is nothing. */
	readonly expected: string | null;
	readonly state: CallState;
	/** Its state is of a policy, a component or an engine that changed since. */
	readonly isOld: boolean;
	/** What was otherwise than expected. */
	readonly difference: string | null;
}

/** A saved call that nobody has made yet. */
export function unmade(call: SavedCall): ScenarioCall {
	const { tool, arguments: args, expect } = call;
	return {
		tool,
		arguments: [printJson(args), ...takenWords(call)].join(', '),
		expected: expect ? expectedWords(expect) : null,
		...{ state: 'none', isOld: false, difference: null },
	};
}
