import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { documented, pathRule } from '../../../host/filesystem/testing';
import { decide } from './decide';
import { tellsNamesApart } from './tells-names-apart';

const rules = (...patterns: string[]) =>
	documented(
		[],
		patterns.map((pattern) => pathRule('allow', pattern, ['read'])),
	).paths;

describe('rules', () => {
	test.each([
		['/data/**', '/data', false],
		['/data/**', '/data/a/b', false],
		['/data', '/data', false],
		['/data/*', '/data', false],
		['/data/a', '/data', true],
		['/data/*.txt', '/data', true],
		['/data/**/a', '/data', true],
		['/data/a', '/', false],
		['/a', '/', true],
		['/**', '/', false],
	])('%s and the entries of %s: %s', (pattern, directory, apart) => {
		expect(tellsNamesApart(rules(pattern), directory)).toBe(apart);
	});

	const part = fc.constantFrom('a', 'b', '*', 'a*', '**', '*b');
	const name = fc.constantFrom('a', 'b', 'ab', 'c', 'aab');
	const rule = fc.tuple(
		fc.constantFrom('allow' as const, 'deny' as const),
		fc.array(part, { minLength: 1, maxLength: 4 }),
		fc.constantFrom<('read' | 'write')[]>(['read'], ['write'], ['read', 'write']),
	);

	test('that do not tell names apart decide alike on all of them', () => {
		fc.assert(
			fc.property(
				fc.array(rule, { maxLength: 4 }),
				fc.array(name, { maxLength: 4 }),
				name,
				name,
				(written, above, one, other) => {
					const grants = documented(
						[],
						written.map(([effect, parts, access]) => pathRule(effect, `/${parts.join('/')}`, access)),
					);
					const directory = `/${above.join('/')}`;
					if (tellsNamesApart(grants.paths, directory)) return;
					const said = (last: string, access: 'read' | 'write') => {
						const path = `/${[...above, last].join('/')}`;
						const { outcome, reason, rule, detail } = decide(grants, { kind: 'storage', access, path });
						return { outcome, reason, rule, detail };
					};
					for (const access of ['read', 'write'] as const)
						expect(said(one, access)).toEqual(said(other, access));
				},
			),
			{ numRuns: 3000 },
		);
	});
});
