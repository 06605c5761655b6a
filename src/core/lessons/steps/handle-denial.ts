import { goal, governedCalls, grantsOnly, whyNot } from '../goals';
import type { Lesson } from '../lesson';
import { ownCall, ownScenario } from './own-tool';

export const handleDenial: Lesson = {
	id: 'handle-denial',
	title: 'Ask politely',
	text: [
		'A denial is an answer like any other. A tool that does not expect it ends in a trap, and whoever called it learns nothing.',
		'This tool reads a diary that its policy does not grant, and gives up. Run it once: what it threw stands among its output, with the line.',
	],
	task: 'Do not touch the policy. Change the script so that the call ends in a result that says what is missing.',
	hint: "Put a `try` around `readText` in `report`, and `return` a sentence in its `catch`: `return 'I may not read the diary.';`",
	scenario: ownScenario('ask politely', {
		report: "export function report() {\n  return readText('/data/private/diary.txt');\n}\n",
		policy: `version: "1.0"\ndescription: "The reports, not the diary"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data/reports"\n        access: ["read"]\n`,
	}),
	check: (situation) => {
		const last = situation.activity.findLast((entry) => entry.kind === 'tool-call')?.callId;
		const denied = governedCalls(situation, ownCall.component).some(
			({ callId, outcome, target }) =>
				callId === last && outcome === 'deny' && target.startsWith('/data/private'),
		);
		return [
			goal(
				'It still asks for the diary, and is denied.',
				denied ? null : 'The latest run was not denied the diary.',
			),
			goal('The call ends in a result all the same.', whyNot(situation, ownCall)),
			grantsOnly(
				situation,
				ownCall.component,
				{ reads: ['/data/reports'] },
				'The policy is as it was: it grants the reports alone.',
			),
		];
	},
};
