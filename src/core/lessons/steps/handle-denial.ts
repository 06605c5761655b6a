import { newestRelease } from '../../policy';
import { goal, governedCalls, grantsOnly, whyNot } from '../goals';
import type { Lesson } from '../lesson';
import { archive } from './archive';
import { ownTool, ownWit } from './own-tool';

const call = { component: 'my-tool', tool: 'report', arguments: {} };

export const handleDenial: Lesson = {
	id: 'handle-denial',
	title: 'Ask politely',
	text: [
		'A denial is an answer like any other. A tool that does not expect it ends in a trap, and whoever called it learns nothing.',
		'This tool reads a diary that its policy does not grant, and gives up. Run it once: what it threw stands among its output, with the line.',
	],
	task: 'Do not touch the policy. Change the script so that the call ends in a result that says what is missing.',
	hint: "Put a `try` around `readText` in `report`, and `return` a sentence in its `catch`: `return 'I may not read the diary.';`",
	scenario: {
		version: 1,
		title: 'Lesson: ask politely',
		engine: newestRelease,
		components: [
			{
				id: 'my-tool',
				source: {
					author: {
						wit: ownWit,
						js: ownTool("export function report() {\n  return readText('/data/private/diary.txt');\n}\n"),
					},
				},
				policy: `version: "1.0"\ndescription: "The reports, not the diary"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data/reports"\n        access: ["read"]\n`,
			},
		],
		world: archive,
		calls: [{ tool: call.tool, arguments: call.arguments }],
	},
	check: (situation) => {
		const last = situation.activity.findLast((entry) => entry.kind === 'tool-call')?.callId;
		const denied = governedCalls(situation, call.component).some(
			({ callId, outcome, target }) =>
				callId === last && outcome === 'deny' && target.startsWith('/data/private'),
		);
		return [
			goal(
				'It still asks for the diary, and is denied.',
				denied ? null : 'The latest run was not denied the diary.',
			),
			goal('The call ends in a result all the same.', whyNot(situation, call)),
			grantsOnly(
				situation,
				call.component,
				{ reads: ['/data/reports'] },
				'The policy is as it was: it grants the reports alone.',
			),
		];
	},
};
