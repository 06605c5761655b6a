import { newestRelease } from '../../policy';
import { callWorks, goal, governedCalls, grantsOnly } from '../goals';
import type { Lesson } from '../lesson';
import { archive } from './archive';

const call = { component: 'files', tool: 'list-directory', arguments: { path: '/data' } };

export const nothingByDefault: Lesson = {
	id: 'nothing-by-default',
	title: 'Nothing by default',
	text: [
		'A component comes with nothing: no files, no network, no variables. What its policy does not grant does not exist for it. Here is a file tool under a policy that grants nothing.',
		'Each thing it asks of the outside is a row in the activity, allowed or denied.',
	],
	task: 'Run the call and see it fail. Then make it succeed, without granting more than it needs.',
	hint: 'Press **Grant and run** in the result, or on the denied row in the activity. It writes the narrowest rule that helps, and makes the call again.',
	scenario: {
		version: 1,
		title: 'Lesson: nothing by default',
		engine: newestRelease,
		components: [
			{
				id: 'files',
				source: { sample: 'files' },
				policy: `version: "1.0"\ndescription: "Grants nothing"\npermissions: {}\n`,
			},
		],
		world: archive,
		calls: [{ tool: call.tool, arguments: call.arguments }],
	},
	check: (situation) => [
		goal(
			'The call was denied at least once.',
			governedCalls(situation, 'files').some(({ outcome }) => outcome === 'deny')
				? null
				: 'Press **Run**, and look at the activity.',
		),
		callWorks(situation, call, 'Listing `/data` works.'),
		grantsOnly(
			situation,
			'files',
			{ reads: ['/data'] },
			'The policy grants to read `/data`, and nothing else.',
		),
	],
};
