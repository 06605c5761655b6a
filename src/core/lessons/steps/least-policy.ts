import { newestRelease } from '../../policy';
import { callWorks, grantsOnly } from '../goals';
import type { Lesson } from '../lesson';
import { archive } from './archive';

const path = '/data/reports/2026-q1.csv';
const call = { component: 'files', tool: 'read-file', arguments: { path } };

export const leastPolicyLesson: Lesson = {
	id: 'least-policy',
	title: 'No more than it takes',
	text: [
		'A policy that grants too much works just as well, until the day it matters. This one was written so that nobody would have to think about it again.',
		'After a run, the editor marks the rules that were used. A rule that no call used is one to take away; a wide one can be made narrower.',
	],
	task: `All that is asked of this tool is to read \`${path}\`. Cut the policy down to that, and show that it still works.`,
	hint: 'Wassette grants storage by the folder. The narrowest one is `fs:///data/reports`, with `read` alone.',
	scenario: {
		version: 1,
		title: 'Lesson: no more than it takes',
		engine: newestRelease,
		components: [
			{
				id: 'files',
				source: { sample: 'files' },
				policy: `version: "1.0"
description: "Everything, to be on the safe side"
permissions:
  storage:
    allow:
      - uri: "fs:///"
        access: ["read", "write"]
  network:
    allow:
      - host: "api.example.com"
  environment:
    allow:
      - key: "HOME"
      - key: "API_TOKEN"
`,
			},
		],
		world: archive,
		calls: [{ tool: call.tool, arguments: call.arguments }],
	},
	check: (situation) => [
		callWorks(situation, call, `Reading \`${path}\` works.`),
		grantsOnly(
			situation,
			'files',
			{ reads: ['/data/reports'] },
			'The policy grants to read `/data/reports`, and nothing else.',
		),
	],
};
