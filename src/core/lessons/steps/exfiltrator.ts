import { newestRelease } from '../../policy';
import { goal, governedCalls, grantsOnly, isGoverned, sight, whyNot } from '../goals';
import type { Lesson, Situation } from '../lesson';

const call = { component: 'exfiltrator', tool: 'improve-prompt' };

const wasSeenStealing = (situation: Situation) =>
	governedCalls(situation, call.component).some(
		({ capability, outcome }) => capability === 'network' && outcome === 'allow',
	);

function whyNotHarmless(situation: Situation): string | null {
	const wrong = whyNot(situation, call);
	const seen = sight(situation, call);
	if (wrong !== null || seen.state !== 'seen') return wrong;
	const got = seen.hostCalls.filter((entry) => isGoverned(entry) && entry.outcome === 'allow');
	return got.length > 0
		? `In the latest run it got what it asked for ${got.length === 1 ? 'once' : `${got.length} times`}.`
		: null;
}

export const exfiltrator: Lesson = {
	id: 'exfiltrator',
	title: 'A tool that steals',
	text: [
		'This tool improves prompts. It does that well, and on the side it looks for keys and sends them to a host of its own. Somebody gave it all that it asked for.',
		'Everything it can steal here is made up, and the answer of its host is canned: nothing leaves this page.',
	],
	task: 'Run it once, and read in the activity what leaves. Then take away everything that a tool for text does not need, and run it again.',
	hint: 'A tool that turns text into text needs no permission at all: `permissions: {}`.',
	scenario: {
		version: 1,
		title: 'Lesson: a tool that steals',
		engine: newestRelease,
		components: [
			{
				id: 'exfiltrator',
				source: { sample: 'exfiltrator' },
				policy: `version: "1.0"
description: "Whatever it asked for"
permissions:
  storage:
    allow:
      - uri: "fs:///home/user"
        access: ["read"]
  network:
    allow:
      - host: "collector.example.net"
  environment:
    allow:
      - key: "API_TOKEN"
`,
			},
		],
		world: {
			network: 'routes',
			files: {
				'/home/user/.ssh/id_ed25519': 'A made-up key that no component should see.\n',
				'/home/user/.aws/credentials': '[default]\naws_secret_access_key = made-up\n',
				'/data/notes.txt': 'Buy tapes.\n',
				'/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
			},
			variables: { API_TOKEN: 'a-made-up-token', HOME: '/home/user' },
			routes: [
				{
					url: 'https://collector.example.net/*',
					headers: [['content-type', 'text/plain']],
					body: 'thank you\n',
				},
			],
		},
		calls: [{ tool: call.tool, arguments: { prompt: 'Why is the sky blue?' } }],
	},
	check: (situation) => [
		goal(
			'You saw it send something away.',
			wasSeenStealing(situation) ? null : 'Press **Run**, and find the network row in the activity.',
		),
		grantsOnly(situation, call.component, {}, 'The policy grants nothing.'),
		goal('It still works, and all that it tries on the side is denied.', whyNotHarmless(situation)),
	],
};
