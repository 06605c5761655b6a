import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { narrowestGrant, type AccessRequest } from '../policy';
import { parseScenario } from '../scenario';
import { viewOf } from '../world-view';
import { alteredCopy, lessons } from './index';
import { publishedDigest } from './steps/supply-chain';
import { Pupil } from './testing';

const start = (id: string) => new Pupil(lessons.find((lesson) => lesson.id === id)!);
const read = (path: string): AccessRequest => ({ kind: 'storage', access: 'read', path });
const write = (path: string): AccessRequest => ({ kind: 'storage', access: 'write', path });
const get = (url: string): AccessRequest => ({ kind: 'network', method: 'GET', url });
const variable = (key: string): AccessRequest => ({ kind: 'environment', key });

/** What the Grant button does. */
function grant(pupil: Pupil, request: AccessRequest) {
	const { engine, world, components } = pupil.situation;
	const { id: componentId, policy } = components[0]!;
	pupil.policy(narrowestGrant(request, { policy, engine, world: viewOf(world), componentId })!.newText);
}

const nothing = 'version: "1.0"\npermissions: {}\n';

describe('the tour', () => {
	test('has ten to fifteen steps, each with a name of its own', () => {
		expect(lessons.length).toBeGreaterThanOrEqual(10);
		expect(lessons.length).toBeLessThanOrEqual(15);
		expect(new Set(lessons.map(({ id }) => id)).size).toBe(lessons.length);
	});

	test.each(lessons.map((lesson) => [lesson.id, lesson] as const))(
		'%s is a scenario that opens, and is not passed before anything was done',
		(_, lesson) => {
			expect(parseScenario(lesson.scenario)).toMatchObject({ ok: true });
			expect(new Pupil(lesson).wrong.length).toBeGreaterThan(0);
			expect(lesson.scenario.calls?.length).toBeGreaterThan(0);
		},
	);

	test.each(lessons.map((lesson) => [lesson.id, lesson] as const))(
		'%s says so when its component is gone',
		(_, lesson) => {
			const pupil = new Pupil(lesson);
			pupil.components([]);
			expect(pupil.wrong.length).toBeGreaterThan(0);
		},
	);

	test.each(lessons.map((lesson) => [lesson.id, lesson] as const))(
		'%s calls a tool that its component has',
		(_, { scenario }) => {
			let known = '';
			for (const { source } of scenario.components) {
				if ('author' in source) {
					for (const { tool } of scenario.calls!) expect(source.author.wit).toContain(`export ${tool}: func`);
					continue;
				}
				if (!('sample' in source))
					throw new Error('A lesson plays samples, and tools that are written in it');
				const folder = new URL(`../../../static-components/${source.sample}/`, import.meta.url);
				for (const file of ['wit/world.wit', 'README.md'])
					known += readFileSync(new URL(file, folder), 'utf8');
			}
			if (known !== '') for (const { tool } of scenario.calls!) expect(known).toContain(tool);
		},
	);
});

describe('nothing by default', () => {
	const asks = [read('/data')];

	test('is passed by a denial, a grant and another run', () => {
		const pupil = start('nothing-by-default');
		pupil.run({ asks });
		expect(pupil.wrong).toEqual(['The latest run failed: no']);
		grant(pupil, read('/data'));
		expect(pupil.wrong).toEqual(['Something has changed since it ran. Run it again.']);
		pupil.run({ asks });
		expect(pupil.wrong).toEqual([]);
	});

	test('quotes what the tool said, without the JSON around it', () => {
		const pupil = start('nothing-by-default');
		pupil.run({ asks, summary: '{"err":"No such file"}' });
		expect(pupil.wrong).toEqual(['The latest run failed: No such file']);
	});

	test('is not passed by a grant of everything', () => {
		const pupil = start('nothing-by-default');
		pupil.run({ asks });
		pupil.policy(
			'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///"\n        access: ["read"]\n',
		);
		pupil.run({ asks });
		expect(pupil.wrong).toEqual(['It grants more than the task needs: `/` can be read too.']);
	});

	test('is not passed by another call', () => {
		const pupil = start('nothing-by-default');
		pupil.run({ asks });
		grant(pupil, read('/data'));
		pupil.run({ asks, arguments: { path: '/data/reports' } });
		expect(pupil.wrong).toEqual(['Something has changed since it ran. Run it again.']);
	});

	test('is not passed by a policy that makes every call fail', () => {
		const pupil = start('nothing-by-default');
		pupil.run({ asks });
		pupil.policy(
			'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///nowhere"\n        access: ["read"]\n',
		);
		expect(pupil.wrong.at(-1)).toMatch(/^Under this policy every call fails: /);
	});
});

describe('storage rights', () => {
	const target = '/data/inbox/todo.txt';
	const written = (pupil: Pupil) =>
		pupil.world({
			files: new Map([
				...pupil.situation.world.files,
				[target, { kind: 'file', content: new Uint8Array(), size: 0, modified: 0 }],
			]),
		});

	test('are passed by a second rule', () => {
		const pupil = start('storage-rights');
		pupil.run({ asks: [write(target)] });
		grant(pupil, write(target));
		pupil.run({ asks: [write(target)] });
		expect(pupil.wrong).toEqual(['There is no `/data/inbox/todo.txt` yet.']);
		written(pupil);
		expect(pupil.wrong).toEqual([]);
	});

	test('are not passed by writing everywhere', () => {
		const pupil = start('storage-rights');
		pupil.edit('["read"]', '["read", "write"]');
		pupil.run({ asks: [write(target)] });
		written(pupil);
		expect(pupil.wrong).toEqual(['It grants more than the task needs: `/data` can be changed too.']);
	});

	test('are not passed where the rest cannot be read any more', () => {
		const pupil = start('storage-rights');
		pupil.edit(
			'fs:///data"\n        access: ["read"]',
			'fs:///data/inbox"\n        access: ["read", "write"]',
		);
		pupil.run({ asks: [write(target)] });
		written(pupil);
		expect(pupil.wrong).toEqual(['`/data/notes.txt` cannot be read any more. Keep the rule for `/data`.']);
	});
});

describe('hosts and schemes', () => {
	const asks = [get('https://tapes.example.com/')];

	test('are passed by https alone', () => {
		const pupil = start('hosts-and-schemes');
		pupil.edit('http://', 'https://');
		pupil.run({ asks });
		expect(pupil.wrong).toEqual([]);
	});

	test('are not passed by a grant beside the rule that is there', () => {
		const pupil = start('hosts-and-schemes');
		grant(pupil, asks[0]!);
		pupil.run({ asks });
		expect(pupil.wrong).toEqual([
			'It grants more than the task needs: `http://tapes.example.com` can be reached too.',
		]);
	});

	test('are not passed by a rule without a scheme', () => {
		const pupil = start('hosts-and-schemes');
		pupil.edit('http://', '');
		pupil.run({ asks });
		expect(pupil.wrong).toEqual([
			'It grants more than the task needs: `http://tapes.example.com` can be reached too.',
		]);
	});
});

describe('the environment', () => {
	test('is passed by the one variable', () => {
		const pupil = start('environment');
		pupil.run({ asks: [variable('NAME')], status: 'result', output: 'Hello, whoever you are!' });
		expect(pupil.wrong).toEqual([
			'It ran, and did not know whom to greet: it asked for `NAME` and did not get it.',
		]);
		grant(pupil, variable('NAME'));
		pupil.run({ asks: [variable('NAME')], status: 'result', output: 'Hello, Ada!' });
		expect(pupil.wrong).toEqual([]);
	});

	test('is not passed by the token as well', () => {
		const pupil = start('environment');
		grant(pupil, variable('NAME'));
		grant(pupil, variable('API_TOKEN'));
		pupil.run({ asks: [variable('NAME')], output: 'Hello, Ada!' });
		expect(pupil.wrong).toEqual([
			'It grants more than the task needs: the variable `API_TOKEN` is handed over too.',
		]);
	});
});

describe('reading a denial', () => {
	const asks = [
		get('https://geocoding.example.com/v1/search?name=Paris'),
		get('https://forecast.example.com/v1/now'),
	];

	test('is passed by the corrected rule', () => {
		const pupil = start('reading-a-denial');
		pupil.run({ asks });
		pupil.edit('exmaple', 'example');
		pupil.run({ asks });
		expect(pupil.wrong).toEqual([]);
	});

	test('is not passed while the mistake is still there', () => {
		const pupil = start('reading-a-denial');
		grant(pupil, asks[1]!);
		pupil.run({ asks });
		expect(pupil.wrong).toEqual([
			'It grants more than the task needs: `https://forecast.exmaple.com` can be reached too, `http://forecast.exmaple.com` can be reached too.',
		]);
	});
});

describe('the exfiltrator', () => {
	const asks = [
		variable('API_TOKEN'),
		read('/home/user/.ssh/id_ed25519'),
		get('https://collector.example.net/collect?loot=x'),
	];

	test('is passed by seeing the theft, and by an empty policy', () => {
		const pupil = start('exfiltrator');
		pupil.run({ asks });
		expect(pupil.wrong).toContain('In the latest run it got what it asked for 3 times.');
		pupil.policy(nothing);
		pupil.run({ asks, status: 'result' });
		expect(pupil.wrong).toEqual([]);
	});

	test('is not passed while one host is granted', () => {
		const pupil = start('exfiltrator');
		pupil.run({ asks });
		pupil.policy(
			'version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "https://collector.example.net"\n',
		);
		pupil.run({ asks, status: 'result' });
		expect(pupil.wrong).toEqual([
			'It grants more than the task needs: `https://collector.example.net` can be reached too.',
			'In the latest run it got what it asked for once.',
		]);
	});

	test('is not passed without having seen it', () => {
		const pupil = start('exfiltrator');
		pupil.policy(nothing);
		pupil.run({ asks, status: 'result' });
		expect(pupil.wrong).toEqual(['Press **Run**, and find the network row in the activity.']);
	});
});

describe('no more than it takes', () => {
	const asks = [read('/data/reports/2026-q1.csv')];
	const reports =
		'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data/reports"\n        access: ["read"]\n';

	test('is passed by the folder alone', () => {
		const pupil = start('least-policy');
		pupil.policy(reports);
		pupil.run({ asks });
		expect(pupil.wrong).toEqual([]);
	});

	test('is not passed by the policy as it was, and says what is too much', () => {
		const pupil = start('least-policy');
		pupil.run({ asks });
		expect(pupil.wrong).toEqual([
			'It grants more than the task needs: `/` can be read too, `/` can be changed too, `https://api.example.com` can be reached too, and 3 more.',
		]);
	});

	test('is not passed by a policy that is cut too far', () => {
		const pupil = start('least-policy');
		pupil.policy(nothing);
		pupil.run({ asks });
		expect(pupil.wrong).toEqual(['The latest run failed: no']);
	});
});

describe('a policy for each part', () => {
	const asks = [write('/notes/archive.md')];
	const pages = 'version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "tapes.example.com"\n';
	const digest =
		'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///notes"\n        access: ["read", "write"]\n';
	const cut = (pupil: Pupil, policies: { readonly [id: string]: string }) =>
		pupil.components(
			pupil.situation.components.map((component) => ({
				...component,
				policy: policies[component.id] ?? component.policy,
				revision: component.revision + 1,
			})),
		);

	test('is passed when each may do its own part alone', () => {
		const pupil = start('policy-per-part');
		cut(pupil, { pages, digest });
		pupil.run({ component: 'digest', asks });
		expect(pupil.wrong).toEqual([]);
	});

	test('is not passed by one policy for both, nor by what is cut too far', () => {
		const pupil = start('policy-per-part');
		pupil.run({ component: 'digest', asks });
		expect(pupil.wrong).toHaveLength(2);
		cut(pupil, { pages, digest: nothing });
		pupil.run({ component: 'digest', asks });
		expect(pupil.wrong).toEqual(['The latest run failed: no']);
	});
});

describe('the limit of memory', () => {
	test('is passed by 32 MiB', () => {
		const pupil = start('memory-limit');
		pupil.run({ summary: '255' });
		expect(pupil.wrong).toEqual([
			'In the latest run it got 255 pages of 400.',
			'A limit of 16 MiB is not enough for 400 pages.',
		]);
		pupil.edit('16Mi', '32Mi');
		pupil.run({ summary: '400' });
		expect(pupil.wrong).toEqual([]);
	});

	test.each([
		['16Mi', '1Gi', 'A limit of 1024 MiB is more than it needs.'],
		['      memory: "16Mi"\n', '      {}\n', 'The policy sets no limit any more.'],
	])('is not passed by %o in the place of %o', (from, to, wrong) => {
		const pupil = start('memory-limit');
		pupil.edit(from, to);
		pupil.run({ summary: '400' });
		expect(pupil.wrong).toEqual([wrong]);
	});
});

describe('what no policy stops', () => {
	test('is passed by stopping, and by another call after that', () => {
		const pupil = start('no-end');
		pupil.run({ status: 'running' });
		expect(pupil.wrong[0]).toBe('It is running. Press **Stop**.');
		pupil.run({ status: 'stopped' });
		expect(pupil.wrong).toEqual(['Pick the tool `burn` afterwards, and run it.']);
		pupil.run({ tool: 'burn', arguments: { limit: 10 } });
		expect(pupil.wrong).toEqual([]);
	});

	test('is not passed by the other call before', () => {
		const pupil = start('no-end');
		pupil.run({ tool: 'burn', arguments: { limit: 10 } });
		pupil.run({ status: 'stopped' });
		expect(pupil.wrong).toEqual(['Pick the tool `burn` afterwards, and run it.']);
	});
});

describe('the supply chain', () => {
	const keep = (pupil: Pupil, id: string, sha256: string) =>
		pupil.components(
			pupil.situation.components.filter((other) => other.id === id).map((other) => ({ ...other, sha256 })),
		);

	test('publishes the digest that the sample has', () => {
		const index = JSON.parse(
			readFileSync(new URL('../../../static-components/index.json', import.meta.url), 'utf8'),
		) as { name: string; sha256: string }[];
		expect(index.find(({ name }) => name === 'time')?.sha256).toBe(publishedDigest);
	});

	test('is passed by keeping what was published', () => {
		const pupil = start('supply-chain');
		keep(pupil, 'time-from-mirror', publishedDigest);
		expect(pupil.wrong).toEqual(['Not run yet: `local_time-server_time_get-current-time`.']);
		pupil.run({ component: 'time-from-mirror' });
		expect(pupil.wrong).toEqual([]);
	});

	test('is not passed by the altered one, whatever its name', () => {
		const pupil = start('supply-chain');
		keep(pupil, 'time-from-registry', 'ab'.repeat(32));
		pupil.run({ component: 'time-from-registry' });
		expect(pupil.wrong).toEqual([
			'`time-from-registry` is not what was published: its digest begins with `abababababab`.',
		]);
	});

	test('has a copy with a few bytes more', () => {
		const bytes = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);
		const copy = alteredCopy(bytes);
		expect(copy.subarray(0, bytes.length)).toEqual(bytes);
		expect([...copy.subarray(bytes.length)]).toEqual([0, 8, 7, ...new TextEncoder().encode('altered')]);
	});
});

describe('the surprise about wildcards', () => {
	const asks = [get('https://tapes.example.com/')];

	test('is passed by naming the host', () => {
		const pupil = start('wildcard');
		pupil.run({ asks });
		expect(pupil.wrong[0]).toBe('The latest run failed: no');
		pupil.edit('*.example.com', 'tapes.example.com');
		pupil.run({ asks });
		expect(pupil.wrong).toEqual([]);
	});

	test('is not passed while the wildcard stands, which is a grant as documented', () => {
		const pupil = start('wildcard');
		grant(pupil, asks[0]!);
		pupil.run({ asks });
		expect(pupil.wrong.join()).toContain('`https://*.example.com` can be reached too');
	});

	test('is not passed by choosing another engine', () => {
		const pupil = start('wildcard');
		pupil.engine('documented');
		pupil.run({ asks });
		expect(pupil.wrong[0]).toBe('Choose Wassette 0.8.1 again, above the policy.');
	});
});

describe('the surprise about deny lists', () => {
	const asks = [read('/data/private/diary.txt')];

	test('is passed by allowing less', () => {
		const pupil = start('deny-list');
		pupil.run({ asks });
		expect(pupil.wrong).toContain('The latest run could read it.');
		pupil.edit('fs:///data"', 'fs:///data/reports"');
		pupil.run({ asks });
		expect(pupil.wrong).toEqual([]);
	});

	test('is not passed by the engine that honours the list', () => {
		const pupil = start('deny-list');
		pupil.engine('documented');
		pupil.run({ asks });
		expect(pupil.wrong).toContain('Choose Wassette 0.8.1 again, above the policy.');
	});

	test('is not passed by taking everything away', () => {
		const pupil = start('deny-list');
		pupil.policy(nothing);
		pupil.run({ asks });
		expect(pupil.wrong).toEqual(['`/data/reports` is not granted any more.']);
	});
});

describe('the lessons in which the learner writes the tool', () => {
	test('ask for one file: passed by reading it alone', () => {
		const pupil = start('one-file');
		pupil.run({ asks: [read('/home/user/notes.txt')], status: 'error', summary: 'trap' });
		expect(pupil.wrong).toHaveLength(3);
		pupil.run({
			asks: [read('/data/reports/2026-q1.csv'), read('/data/private/diary.txt')],
			status: 'result',
		});
		expect(pupil.wrong).toEqual(['The latest run asked for `/data/private/diary.txt` too.']);
		pupil.run({ asks: [read('/data/reports/2026-q1.csv')] });
		expect(pupil.wrong).toEqual([]);
	});

	test('ask politely: passed by a result in spite of the denial, and not by a grant', () => {
		const pupil = start('handle-denial');
		const asks = [read('/data/private/diary.txt')];
		pupil.run({ asks, status: 'error', summary: 'trap' });
		expect(pupil.wrong).toEqual(['The latest run failed: trap']);
		pupil.run({ asks, status: 'result' });
		expect(pupil.wrong).toEqual([]);
		grant(pupil, asks[0]!);
		pupil.run({ asks });
		expect(pupil.wrong).toHaveLength(2);
	});
});
