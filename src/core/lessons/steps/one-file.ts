import { goal, governedCalls, grantsOnly, whyNot } from '../goals';
import type { Lesson } from '../lesson';
import { ownCall, ownScenario } from './own-tool';

const wanted = '/data/reports/2026-q1.csv';
const folder = '/data/reports';

export const oneFile: Lesson = {
	id: 'one-file',
	title: 'Ask for one file',
	text: [
		'Until now others wrote the tools. This one is yours: its source is open under **New tool** in *Add*. It asks for a file in a home that nobody granted.',
		'What a policy has to grant depends on how a tool asks. A tool that asks for one file in one folder can be given that folder alone.',
	],
	task: 'Change the script so that it reads `/data/reports/2026-q1.csv` and asks for nothing else, and run it. The policy grants its folder already.',
	hint: 'Open the tool with **New tool** in *Add* or with the palette. In `report`, give `readText` the path of the file in the place of the other, and press **Run**.',
	scenario: ownScenario('ask for one file', {
		report:
			"export function report() {\n  // Nobody granted a home.\n  return readText('/home/user/notes.txt');\n}\n",
		policy: `version: "1.0"\ndescription: "The reports"\npermissions:\n  storage:\n    allow:\n      - uri: "fs://${folder}"\n        access: ["read"]\n`,
	}),
	check: (situation) => {
		const last = situation.activity.findLast((entry) => entry.kind === 'tool-call')?.callId;
		const asked = governedCalls(situation, ownCall.component).filter(
			({ callId, capability }) => callId === last && capability === 'storage',
		);
		const denied = asked.filter(({ outcome }) => outcome === 'deny');
		return [
			goal('The tool ends in a result.', whyNot(situation, ownCall)),
			goal(
				`It read \`${wanted}\`.`,
				asked.some(({ target, outcome }) => outcome === 'allow' && target === wanted)
					? null
					: `The latest run did not read \`${wanted}\`.`,
			),
			goal(
				'It was denied nothing, because it asked for nothing else.',
				last === undefined
					? 'Run it first.'
					: denied.length > 0
						? `The latest run asked for \`${denied[0]!.target}\` too.`
						: null,
			),
			grantsOnly(
				situation,
				ownCall.component,
				{ reads: [folder] },
				`The policy grants \`${folder}\`, and nothing else.`,
			),
		];
	},
};
