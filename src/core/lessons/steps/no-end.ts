import type { ToolCallEntry } from '../../activity';
import { newestRelease } from '../../policy';
import { goal, grantsOnly } from '../goals';
import type { Lesson, Situation } from '../lesson';

const component = 'cpu-hog';

const isCallOf = (tool: string, status: ToolCallEntry['status']) => (entry: Situation['activity'][number]) =>
	entry.kind === 'tool-call' &&
	entry.component === component &&
	entry.tool === tool &&
	entry.status === status;

function whyNotStopped({ activity }: Situation): string | null {
	if (activity.some(isCallOf('burn-forever', 'stopped'))) return null;
	return activity.some(isCallOf('burn-forever', 'running'))
		? 'It is running. Press **Stop**.'
		: 'Not run yet: `burn-forever`.';
}

function whyNotFresh({ activity }: Situation): string | null {
	const stoppedAt = activity.findIndex(isCallOf('burn-forever', 'stopped'));
	const after = stoppedAt < 0 ? [] : activity.slice(stoppedAt);
	return after.some(isCallOf('burn', 'result')) ? null : 'Pick the tool `burn` afterwards, and run it.';
}

export const noEnd: Lesson = {
	id: 'no-end',
	title: 'What no policy stops',
	text: [
		'A loop asks nobody for anything, so there is no host call to deny. A policy cannot end it; whoever runs it must. Wassette has no deadline for a call. This page has one, 30 seconds, and a Stop button.',
		'Every call gets a new instance of the component. What happened in one call cannot harm the next.',
	],
	task: 'Run `burn-forever` and stop it. Then run `burn`, and see that the component is none the worse for it.',
	hint: '**Stop** takes the place of **Run** while a call is under way. `burn` is in the list of tools; a limit of 1000 will do.',
	scenario: {
		version: 1,
		title: 'Lesson: what no policy stops',
		engine: newestRelease,
		components: [
			{
				id: component,
				source: { sample: 'cpu-hog' },
				policy: `version: "1.0"\ndescription: "There is nothing to grant to a loop"\npermissions: {}\n`,
			},
		],
		world: { network: 'routes' },
		calls: [
			{ tool: 'burn-forever', arguments: {} },
			{ tool: 'burn', arguments: { limit: 1000 } },
		],
	},
	check: (situation) => [
		goal('`burn-forever` was stopped.', whyNotStopped(situation)),
		goal('`burn` works after that.', whyNotFresh(situation)),
		grantsOnly(situation, component, {}, 'The policy still grants nothing.'),
	],
};
