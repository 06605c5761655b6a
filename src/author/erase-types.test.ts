import { expect, test } from 'vitest';
import { eraseTypes } from './erase-types';

test('a script without types comes back as it is', () => {
	const script = 'export const api = { get: (a) => (a ? { b: a.b } : null) };\n';
	expect(eraseTypes(script)).toEqual({ ok: true, value: script });
});

test('types go, and each line stays where it is', () => {
	const script =
		"import type { A } from 'a';\ninterface B {\n\tx: number;\n}\nexport function f(b: B, s?: string): string {\n\treturn (b as B).x + s!;\n}\n";
	const erased = eraseTypes(script);
	expect(erased.ok).toBe(true);
	if (!erased.ok) return;
	expect(erased.value.split('\n')).toHaveLength(script.split('\n').length);
	expect(erased.value.split('\n')[4]).toContain('export function f(b, s)');
	expect(erased.value).not.toMatch(/interface|: string|import/);
});

test('what does not parse names its line', () => {
	expect(eraseTypes('const a: string = ;\nconst b: number = (')).toMatchObject({
		ok: false,
		error: { in: 'source', line: 1 },
	});
});
