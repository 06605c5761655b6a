import index from '../../../static-surprises/index.json';
import { err, ok, type Result } from '../../core/result';
import { parseScenario, type Scenario } from '../../core/scenario';

/** Something that Wassette does and that its readers do not expect. */
export interface Surprise {
	/** Short and stable, such as `S1`. */
	readonly id: string;
	/** Names its scenario, such as `port-in-host`. */
	readonly name: string;
	readonly about: string;
	readonly title: string;
	readonly expects: string;
	readonly happens: string;
	/** The first release it is true of. */
	readonly since: string;
	/** The first release it is no longer true of; null where there is none. */
	readonly fixed: string | null;
	/** What to write or do instead. */
	readonly instead: string;
	/** Whether there is a scenario that shows it. */
	readonly shown: boolean;
	/** The engine of the scenario. */
	readonly engine?: string;
	/** Whether `documented` decides otherwise than the release; where not, the surprise is not in a decision. */
	readonly differs?: boolean;
	/** The archive that its component comes in, with a policy: opened as if it had been dropped, since what happens happens on loading. */
	readonly archive?: string;
	/** Why there is no scenario. */
	readonly why?: string;
}

/** All surprises, in the order of their ids. */
export const surprises: readonly Surprise[] = index;

const scenarios = import.meta.glob<object>('../../../static-surprises/*.tapedeck.json', {
	import: 'default',
});

const archives = import.meta.glob<string>('../../../static-surprises/*.tar', {
	query: '?url',
	import: 'default',
	eager: true,
});

/** The archive of a surprise that has one. The error says what failed. */
export async function surpriseArchive(name: string): Promise<Result<File, string>> {
	const failed = err('The archive could not be fetched. Check the connection and try again.');
	const url = archives[`../../../static-surprises/${name}`];
	if (url === undefined) return err(`There is no archive ${name}.`);
	try {
		const answer = await fetch(url);
		return answer.ok ? ok(new File([await answer.blob()], name)) : failed;
	} catch {
		return failed;
	}
}

/** The names of the surprises that have a scenario. */
export const shownSurprises: readonly string[] = Object.keys(scenarios).map((path) =>
	path.replace(/^.*\/|\.tapedeck\.json$/g, ''),
);

/** The scenario that shows a surprise. The error says what failed. */
export async function surpriseScenario(name: string): Promise<Result<Scenario, string>> {
	const read = scenarios[`../../../static-surprises/${name}.tapedeck.json`];
	if (!read) return err(`No scenario shows ${name}.`);
	try {
		return parseScenario(await read());
	} catch {
		return err('The scenario could not be fetched. Check the connection and try again.');
	}
}
