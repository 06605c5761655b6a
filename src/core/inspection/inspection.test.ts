import { describe, expect, test } from 'vitest';
import { compile } from '../policy';
import { worldOf } from '../scenario';
import { viewOf } from '../world-view';
import { asksOf } from './asks';
import { couldDo, couldLeak } from './could-do';

describe('what a component asks for', () => {
	test('is read off its imports, the weightiest first', () => {
		const asks = asksOf([
			'wasi:io/streams@0.2.0',
			'wasi:cli/stdout@0.2.0',
			'wasi:clocks/wall-clock@0.2.3',
			'wasi:filesystem/types@0.2.0',
			'wasi:filesystem/preopens@0.2.0',
			'wasi:http/types@0.2.0',
			'wasi:http/outgoing-handler@0.2.0',
			'wasi:config/store@0.2.0-rc.1',
			'wasi:sockets/tcp@0.2.0',
			'acme:db/query@1.0.0',
			'wasi:cli/terminal-stdin@0.2.0',
			'log',
		]);
		expect(asks.map(({ kind, imports }) => `${kind}: ${imports.length}`)).toEqual([
			'storage: 2',
			'network: 1',
			'environment: 1',
			'sockets: 1',
			'clock: 1',
			'output: 1',
			'other: 2',
			'plumbing: 3',
		]);
	});

	test('is nothing without imports', () => {
		expect(asksOf([])).toEqual([]);
	});
});

describe('what a component could do', () => {
	const world = worldOf({ files: { '/data/a': 'a' }, variables: { KEY: 'k' } });
	const policy = [
		'version: "1.0"',
		'permissions:',
		'  storage:',
		'    allow: [{uri: "fs:///data", access: ["read"]}]',
		'    deny: [{uri: "fs:///data/a", access: ["read"]}]',
		'  network:',
		'    allow: [{host: "https://a.test"}, {host: "b.test:8443"}]',
		'  environment:',
		'    allow: [{key: KEY}]',
		'',
	].join('\n');
	const all = asksOf([
		'wasi:filesystem/types@0.2.0',
		'wasi:http/outgoing-handler@0.2.0',
		'wasi:cli/environment@0.2.0',
	]);
	const under = (engine: string, asks = all, text: string | null = policy) => {
		const grants = compile(text, engine, viewOf(world));
		if (!grants.ok) throw new Error(grants.error.message);
		return couldDo(asks, grants.value);
	};
	const words = (rows: ReturnType<typeof under>) =>
		rows.map(({ kind, extent, granted, except }) =>
			[
				`${kind} ${extent}`,
				...granted.map(({ text }) => text),
				...except.map(({ text }) => `not ${text}`),
			].join('; '),
		);

	test('is what is granted of what it imports, and differs by engine', () => {
		expect(words(under('documented'))).toEqual([
			'storage some; read /data; not read /data/a',
			'network some; https://a.test; b.test:8443',
			'environment some; KEY',
		]);
		expect(words(under('0.8.1'))).toEqual([
			'storage some; read /data',
			'network some; https://a.test',
			'environment some; KEY',
		]);
	});

	test('is nothing where no rule grants, and unasked where it does not import', () => {
		const rows = under(
			'0.8.1',
			asksOf(['wasi:filesystem/types@0.2.0', 'wasi:sockets/tcp@0.2.0', 'wasi:random/random@0.2.0']),
			null,
		);
		expect(words(rows)).toEqual([
			'storage nothing',
			'network unasked',
			'environment unasked',
			'sockets nothing',
			'random all',
		]);
	});

	test.each([
		[all, policy, 'Everything that it may read, and its arguments, it could send to https://a.test.'],
		[all, null, 'It reaches nothing of yours and no host: it works on its arguments alone.'],
		[
			asksOf(['wasi:filesystem/types@0.2.0']),
			policy,
			'It reaches no host, so what it reads goes nowhere but into its result and its output.',
		],
		[
			asksOf(['wasi:http/outgoing-handler@0.2.0']),
			policy,
			'It could send its arguments to https://a.test, and it reads nothing else of yours.',
		],
	])('says whether what it reads could leave (%#)', (asks, text, sentence) => {
		expect(couldLeak(under('0.8.1', asks, text))).toBe(sentence);
	});
});
