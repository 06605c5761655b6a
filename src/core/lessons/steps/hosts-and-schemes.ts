import { newestRelease } from '../../policy';
import { callWorks, grantsOnly } from '../goals';
import type { Lesson } from '../lesson';

const url = 'https://tapes.example.com/';
const call = { component: 'fetch', tool: 'fetch', arguments: { url } };

export const hostsAndSchemes: Lesson = {
	id: 'hosts-and-schemes',
	title: 'Hosts and schemes',
	text: [
		'A network rule names a host. With a scheme before it, only that scheme may be used: `https://example.com`. Without one, both may.',
		'A path after the host changes nothing: whoever may talk to a host may ask it for everything.',
	],
	task: `Let the tool fetch \`${url}\`. It must not be able to talk to that host, or to any other, without encryption.`,
	hint: 'The rule says `http`. After **Grant and run** it is still there: remove it, or change it into `https://tapes.example.com` in the first place.',
	scenario: {
		version: 1,
		title: 'Lesson: hosts and schemes',
		engine: newestRelease,
		components: [
			{
				id: 'fetch',
				source: { sample: 'fetch' },
				policy: `version: "1.0"
description: "Fetches from the tape archive"
permissions:
  network:
    allow:
      - host: "http://tapes.example.com"
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
		callWorks(situation, call, `Fetching \`${url}\` works.`),
		grantsOnly(
			situation,
			'fetch',
			{ hosts: ['https://tapes.example.com'] },
			'Only that host can be reached, and only by https.',
		),
	],
};
