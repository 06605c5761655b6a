import { newestRelease } from '../../policy';
import { goal, grantsOnly, outputOf, sight, whyNot } from '../goals';
import type { Lesson, Situation } from '../lesson';

const call = { component: 'greet', tool: 'wasi_cli_run_0_2_0_run' };

function whyNoGreeting(situation: Situation): string | null {
	const wrong = whyNot(situation, call);
	const seen = sight(situation, call);
	if (wrong !== null || seen.state !== 'seen') return wrong;
	return outputOf(situation, seen.call).includes('Ada')
		? null
		: 'It ran, and did not know whom to greet: it asked for `NAME` and did not get it.';
}

export const environment: Lesson = {
	id: 'environment',
	title: 'Variables, one by one',
	text: [
		'Keys and tokens often live in environment variables. A component sees those that its policy names, each by its exact name. To the component, the others are not set.',
		'This one greets whom the variable `NAME` names. It prints the greeting, so look for it in the output of the run.',
	],
	task: 'Make it greet Ada by name. It must not get at the other variables of this world, `API_TOKEN` among them.',
	hint: 'Run it, and press **Grant and run** on the row for `NAME`. The rows of the other variables stay denied.',
	scenario: {
		version: 1,
		title: 'Lesson: variables, one by one',
		engine: newestRelease,
		components: [
			{
				id: 'greet',
				source: { sample: 'greet' },
				policy: `version: "1.0"\ndescription: "Greets somebody"\npermissions: {}\n`,
			},
		],
		world: {
			network: 'routes',
			variables: { NAME: 'Ada', API_TOKEN: 'a-made-up-token', HOME: '/home/ada' },
			arguments: ['greet'],
		},
		calls: [{ tool: call.tool, arguments: {} }],
	},
	check: (situation) => [
		goal('The greeting is for Ada.', whyNoGreeting(situation)),
		grantsOnly(situation, 'greet', { variables: ['NAME'] }, 'The policy grants `NAME`, and nothing else.'),
	],
};
