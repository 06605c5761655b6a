import { callWorks, goal, grantsOnly } from '../goals';
import type { Lesson } from '../lesson';

const url = 'https://tapes.example.com/';
const call = { component: 'fetch', tool: 'fetch', arguments: { url } };
const engine = '0.8.1';
const need = { hosts: ['https://tapes.example.com', 'http://tapes.example.com'] };

export const wildcard: Lesson = {
	id: 'wildcard',
	title: 'A surprise: wildcards',
	text: [
		`\`*.example.com\` looks like every host below \`example.com\`, and Wassette's documentation reads it so. Wassette ${engine} accepts it without a word, and then compares it letter by letter: it matches no host that there is.`,
		'The denied row is marked: as documented, this would have been allowed. That mark is how a bug in a policy, or in Wassette, shows.',
	],
	task: `Make the call work under Wassette ${engine}. A later release may read the wildcard as documented, so leave none in the policy.`,
	hint: 'Replace the rule by one that names the host: `tapes.example.com`. To choose another engine is no way out: your users have this one.',
	scenario: {
		version: 1,
		title: 'Lesson: a surprise about wildcards',
		engine,
		components: [
			{
				id: 'fetch',
				source: { sample: 'fetch' },
				policy: `version: "1.0"
description: "Fetches from every site of ours"
permissions:
  network:
    allow:
      - host: "*.example.com"
`,
			},
		],
		world: {
			network: 'routes',
			routes: [
				{
					url: '*://tapes.example.com/*',
					headers: [['content-type', 'text/html; charset=utf-8']],
					body: '<h1>The tape archive</h1><p>Ask before you rewind.</p>',
				},
				{ url: '*://other.example.com/*', body: 'Another site.\n' },
			],
		},
		calls: [{ tool: call.tool, arguments: call.arguments }],
	},
	check: (situation) => [
		goal(
			`Wassette ${engine} decides.`,
			situation.engine === engine ? null : `Choose Wassette ${engine} again, above the policy.`,
		),
		callWorks(situation, call, `Fetching \`${url}\` works.`),
		grantsOnly(situation, 'fetch', need, 'Only that host can be reached.'),
		grantsOnly(situation, 'fetch', need, 'The same holds as documented.', 'documented'),
	],
};
