import { compile, newestRelease } from '../../policy';
import { viewOf } from '../../world-view';
import { componentOf, goal, gone, sight, whyNot } from '../goals';
import type { Lesson, Situation } from '../lesson';

const pages = 400;
const call = { component: 'memory-hog', tool: 'grab-pages', arguments: { pages } };
const mebibyte = 2 ** 20;
/** One page of 64 KiB is there from the start. */
const least = (pages + 1) * 2 ** 16;
const most = 32 * mebibyte;

function whyTooFew(situation: Situation): string | null {
	const wrong = whyNot(situation, call);
	const seen = sight(situation, call);
	if (wrong !== null || seen.state !== 'seen') return wrong;
	return seen.call.summary === String(pages)
		? null
		: `In the latest run it got ${seen.call.summary} pages of ${pages}.`;
}

function whyWrongLimit(situation: Situation): string | null {
	const component = componentOf(situation, call.component);
	if (!component) return gone(call.component);
	const grants = compile(component.policy, situation.engine, viewOf(situation.world));
	if (!grants.ok) return `Under this policy every call fails: ${grants.error.message}`;
	if (grants.value.closed) return 'This policy does not parse, so it sets no limit.';
	const bytes = grants.value.memory?.bytes;
	if (bytes === undefined) return 'The policy sets no limit any more.';
	const size = `${Math.round((bytes / mebibyte) * 10) / 10} MiB`;
	if (bytes > most) return `A limit of ${size} is more than it needs.`;
	return bytes < least ? `A limit of ${size} is not enough for ${pages} pages.` : null;
}

export const memoryLimit: Lesson = {
	id: 'memory-limit',
	title: 'How much, not only what',
	text: [
		'Memory is no host call: a component takes it without asking anybody. So it is limited by a number in the policy, `resources.limits.memory`.',
		'A page of memory is 64 KiB. The tool takes as many pages as it is told to, or as many as it can get, and answers with their number.',
	],
	task: `Give it the ${pages} pages that it needs, which is 25 MiB and a little, with a limit of at most 32 MiB.`,
	hint: 'Write `memory: "32Mi"` in the policy, and run it again.',
	scenario: {
		version: 1,
		title: 'Lesson: how much, not only what',
		engine: newestRelease,
		components: [
			{
				id: 'memory-hog',
				source: { sample: 'memory-hog' },
				policy: `version: "1.0"
description: "At most 16 MiB of memory"
permissions:
  resources:
    limits:
      memory: "16Mi"
`,
			},
		],
		world: { network: 'routes' },
		calls: [{ tool: call.tool, arguments: call.arguments }],
	},
	check: (situation) => [
		goal(`The tool got its ${pages} pages.`, whyTooFew(situation)),
		goal('The policy limits it to 32 MiB or less.', whyWrongLimit(situation)),
	],
};
