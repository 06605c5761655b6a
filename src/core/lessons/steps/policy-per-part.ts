import { newestRelease } from '../../policy';
import { callWorks, grantsOnly } from '../goals';
import type { Lesson } from '../lesson';

const url = 'https://tapes.example.com/';
const tool = 'tapedeck_digest_digester_0_1_0_digest';
const call = { component: 'digest', tool, arguments: { url, path: '/notes/archive.md' } };

/** What both could have if they were one: the policy that a composed component needs. */
const forBoth = `version: "1.0"
description: "For the two of them"
permissions:
  storage:
    allow:
      - uri: "fs:///notes"
        access: ["read", "write"]
  network:
    allow:
      - host: "tapes.example.com"
`;

export const policyPerPart: Lesson = {
	id: 'policy-per-part',
	title: 'The smallest policy per part',
	text: [
		'`digest` writes what is on a page to a file, and `pages` reads the page for it: two components, one linked to the other. Composed into one, they would share one policy, and each could do whatever the other needs.',
		'Linked, each runs in a sandbox of its own and keeps a policy of its own. The activity names the part that asked, and every call from one to the other is a row.',
	],
	task: 'Both have the same policy here, as if they were one. Cut each down to its own part, and show that digesting still works.',
	hint: 'After a run, look at who asked for what: `pages` for a host, `digest` for a folder. The policy that is open is that of the component you choose in the list.',
	scenario: {
		version: 1,
		title: 'Lesson: the smallest policy per part',
		engine: newestRelease,
		components: [
			{
				id: 'digest',
				source: { sample: 'digest' },
				policy: forBoth,
				links: { 'tapedeck:pages/library@0.1.0': 'pages' },
			},
			{ id: 'pages', source: { sample: 'pages' }, policy: forBoth },
		],
		world: {
			network: 'routes',
			files: { '/notes': { directory: true } },
			routes: [{ url, body: '# The tape archive\n\n## Cassettes\n\n## Reels\n' }],
		},
		calls: [{ tool, arguments: call.arguments }],
	},
	check: (situation) => [
		callWorks(situation, call, 'The page is digested to `/notes/archive.md`.'),
		grantsOnly(
			situation,
			'digest',
			{ reads: ['/notes'], writes: ['/notes'] },
			'`digest` may use `/notes`, and nothing else.',
		),
		grantsOnly(
			situation,
			'pages',
			{ hosts: ['https://tapes.example.com', 'http://tapes.example.com'] },
			'`pages` may reach `tapes.example.com`, and nothing else.',
		),
	],
};
