import { decides, goal, grantsOnly, sight } from '../goals';
import type { Lesson, Situation } from '../lesson';
import { archive } from './archive';

const path = '/data/private/diary.txt';
const call = { component: 'files', tool: 'read-file', arguments: { path } };
const engine = '0.8.1';

function whyNotRefused(situation: Situation): string | null {
	const seen = sight(situation, call);
	if (seen.state === 'missing') return `Not run yet: \`read-file\` with \`${path}\`.`;
	if (seen.state === 'outdated') return 'The policy has changed since it ran. Run it again.';
	return seen.call.status === 'result' ? 'The latest run could read it.' : null;
}

export const denyList: Lesson = {
	id: 'deny-list',
	title: 'A surprise: deny lists',
	text: [
		`A policy can hold a \`deny\` list, and this one denies \`/data/private\`. Wassette ${engine} reads the list, checks that it is well formed, and never looks at it again: what an \`allow\` grants, it grants.`,
		'So run the call before you trust the rule.',
	],
	task: `Run the call, and see the diary. Then make it fail under Wassette ${engine}, while \`/data/reports\` can still be read.`,
	hint: 'What must not be read must not be granted: allow `fs:///data/reports` instead of `fs:///data`.',
	scenario: {
		version: 1,
		title: 'Lesson: a surprise about deny lists',
		engine,
		components: [
			{
				id: 'files',
				source: { sample: 'files' },
				policy: `version: "1.0"
description: "The archive, without what is private"
permissions:
  storage:
    allow:
      - uri: "fs:///data"
        access: ["read"]
    deny:
      - uri: "fs:///data/private"
        access: ["read", "write"]
`,
			},
		],
		world: archive,
		calls: [{ tool: call.tool, arguments: call.arguments }],
	},
	check: (situation) => [
		goal(
			`Wassette ${engine} decides.`,
			situation.engine === engine ? null : `Choose Wassette ${engine} again, above the policy.`,
		),
		goal('The diary cannot be read.', whyNotRefused(situation)),
		decides(
			situation,
			'files',
			{ kind: 'storage', access: 'read', path: '/data/reports/2026-q1.csv' },
			'allow',
			'`/data/reports` can still be read.',
			'`/data/reports` is not granted any more.',
		),
		grantsOnly(situation, 'files', { reads: ['/data/reports'] }, 'Nothing else can be read or changed.'),
	],
};
