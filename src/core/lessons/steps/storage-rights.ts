import { newestRelease } from '../../policy';
import { callWorks, decides, goal, grantsOnly } from '../goals';
import type { Lesson } from '../lesson';
import { archive } from './archive';

const target = '/data/inbox/todo.txt';
const call = {
	component: 'files',
	tool: 'write-file',
	arguments: { path: target, content: 'Label the tapes.\n' },
};

export const storageRights: Lesson = {
	id: 'storage-rights',
	title: 'To read is not to write',
	text: [
		'A storage rule names a place with `uri` and a right with `access`: `read`, `write`, or both. It covers everything below that place.',
		'A denied row can name a rule: it covers the place, and lacks the right.',
	],
	task: 'Let the tool write into `/data/inbox`. All the rest of `/data` stays as it is: to be read, not to be changed.',
	hint: 'Leave the rule for `/data` alone. Add a second one with the uri `fs:///data/inbox` and the access `["read", "write"]`, or let **Grant and run** do it.',
	scenario: {
		version: 1,
		title: 'Lesson: to read is not to write',
		engine: newestRelease,
		components: [
			{
				id: 'files',
				source: { sample: 'files' },
				policy: `version: "1.0"
description: "Reads the archive"
permissions:
  storage:
    allow:
      - uri: "fs:///data"
        access: ["read"]
`,
			},
		],
		world: archive,
		calls: [{ tool: call.tool, arguments: call.arguments }],
	},
	check: (situation) => [
		callWorks(situation, { ...call, arguments: { path: target } }, `Writing \`${target}\` works.`),
		goal(
			'The file is in the world.',
			situation.world.files.get(target)?.kind === 'file' ? null : `There is no \`${target}\` yet.`,
		),
		decides(
			situation,
			'files',
			{ kind: 'storage', access: 'read', path: '/data/notes.txt' },
			'allow',
			'The rest of `/data` can still be read.',
			'`/data/notes.txt` cannot be read any more. Keep the rule for `/data`.',
		),
		grantsOnly(
			situation,
			'files',
			{ reads: ['/data'], writes: ['/data/inbox'] },
			'Nothing outside `/data/inbox` can be changed.',
		),
	],
};
