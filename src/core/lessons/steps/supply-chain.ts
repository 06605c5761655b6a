import { newestRelease } from '../../policy';
import { callWorks, goal } from '../goals';
import type { Lesson, Situation } from '../lesson';

/** The digest that the component was published with: the sample `time`, as the list of samples names it. */
export const publishedDigest = 'a1b64ef4d5494d7af7243680a6724fa97b033bd1764652c9dd0cfbd8c60c6903';

const ids = ['time-from-registry', 'time-from-mirror'] as const;
const policy = `version: "1.0"\ndescription: "Tells the time, and may do nothing else"\npermissions: {}\n`;
const tool = 'local_time-server_time_get-current-time';
const short = (digest: string) => digest.slice(0, 12);

const left = ({ components }: Situation) => components.filter(({ id }) => ids.some((own) => own === id));

function whyNotGenuine(situation: Situation): string | null {
	const [kept, other] = left(situation);
	if (!kept) return 'Both are gone. Restart this step.';
	if (other) return 'Both are still loaded. Find out which one is not what was published.';
	return kept.sha256 === publishedDigest
		? null
		: `\`${kept.id}\` is not what was published: its digest begins with \`${short(kept.sha256)}\`.`;
}

function whyNotRun(situation: Situation): string | null {
	const [kept, other] = left(situation);
	if (!kept || other) return 'As long as two components offer one tool, every call to it fails.';
	return callWorks(situation, { component: kept.id, tool }, '').wrong ?? null;
}

export const supplyChain: Lesson = {
	id: 'supply-chain',
	title: 'Is it what it says it is?',
	text: [
		'A name and an address say where a component came from, not what is in it. Its digest, the sha256 of its bytes, does: one bit changed, and it is another one. That is why a link to a scenario names digests.',
		`The same clock came from two places, and one of them was tampered with. Its author published the digest \`${short(publishedDigest)}…\``,
	],
	task: 'Keep the component that is what its author published, unload the other one, and run its tool.',
	hint: 'Select each component and compare the digest with the published one: it is in the strip at the bottom, and on a narrow screen in the list of components. The cross beside a component unloads it.',
	scenario: {
		version: 1,
		title: 'Lesson: is it what it says it is?',
		engine: newestRelease,
		components: ids.map((id) => ({ id, source: { sample: 'time' }, policy })),
		world: { network: 'routes' },
		calls: [{ tool, arguments: {} }],
	},
	altered: 'time-from-registry',
	check: (situation) => [
		goal('The component that is left is the one that was published.', whyNotGenuine(situation)),
		goal('Its tool tells the time.', whyNotRun(situation)),
	],
};
