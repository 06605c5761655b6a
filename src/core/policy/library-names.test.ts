import { describe, expect, test } from 'vitest';
import { assumedWorld, evaluate, explain, parsePolicy } from '.';
import { foundAs, foundName } from './library-names';

const policyOf = (uris: readonly string[]) =>
	`version: "1.0"\npermissions:\n  storage:\n    allow:\n${uris.map((uri) => `      - {uri: "${uri}", access: [read]}\n`).join('')}`;

const decided = (uris: readonly string[], path: string, engine = '0.8.0') =>
	evaluate(policyOf(uris), engine, assumedWorld(), { kind: 'storage', access: 'read', path });

describe('a folder that components are handed', () => {
	// Each was met by a guest of Rust: a file in the folder, and the folder itself.
	test.each([
		['/data', 'all', '/data'],
		['data', 'all', 'data'],
		['./data', 'all', 'data'],
		['././data', 'all', 'data'],
		['//data', 'all', '/data'],
		['/./data', 'all', '/data'],
		['.', 'all', '.'],
		['/.', 'all', '/'],
		['/', 'all', '/'],
		['/data/', 'below', '/data'],
		['/data/./', 'nothing', '/data'],
		['data/.', 'nothing', 'data'],
		['/data//', 'nothing', '/data'],
		['/x/../data', 'nothing', '/data'],
		['../data', 'nothing', null],
		['', 'nothing', '.'],
	] as const)('of the name “%s” is found: %s', (written, found, name) => {
		expect(foundAs(written)).toBe(found);
		expect(foundName(written)).toBe(name);
		if (name !== null) expect(foundAs(name)).toBe('all');
	});

	test('and does not find is said by the decision, which stays what it is', () => {
		const three = ['fs:///a', 'fs:///b', 'fs:///c'];
		expect(explain(decided(['fs://'], '/x'))).toContain('most components do not find it: they look for');
		expect(explain(decided(['fs:///data/'], '/data'))).toContain('do not find it');
		expect(explain(decided(three, '/b/x'))).toContain('of more than two folders');
		for (const decision of [
			decided(['fs:///data/'], '/data/x'),
			decided(['fs:///data'], '/data'),
			decided(three, '/c/x'),
			decided(['fs:///data/.'], '/data/x', 'documented'),
			decided(['fs:///data/.', 'fs:///data'], '/data/x'),
		])
			expect(decision).not.toHaveProperty('detail');
		expect(decided(three, '/b/x')).toMatchObject({ outcome: 'allow', rule: { line: 6 } });
	});

	test('is warned of where it is written, with what means the same', () => {
		const warned = (uris: readonly string[]) =>
			parsePolicy(policyOf(uris)).problems.map(({ code, line, fix }) => [code, line, fix?.text]);
		expect(warned(['fs:///data/'])).toEqual([['storage-name', 5, '"fs:///data"']]);
		expect(warned(['fs://'])).toEqual([['storage-name', 5, '"fs://."']]);
		expect(warned(['fs://../data/.'])).toEqual([['storage-name', 5, undefined]]);
		expect(warned(['fs:///a', 'fs:///b', 'fs:///c', 'fs:///d'])).toEqual([
			['storage-many', 6, undefined],
			['storage-many', 7, undefined],
		]);
		expect(warned(['fs:///a', 'fs://b'])).toEqual([]);
	});
});
