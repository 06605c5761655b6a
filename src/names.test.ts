import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const src = import.meta.dirname;

const declaration =
	/^export (?:declare |default |abstract |async )*(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm;

/** What a module declares and exports, as the formatter leaves it; what it passes on from another one is that one's. */
export function declaredBy(text: string): readonly string[] {
	// Overloads are one thing.
	return [...new Set(Array.from(text.matchAll(declaration), ([, name = '']) => name))];
}

/** Names that stand for more than one thing, each with the modules that declare it. */
export function ambiguous(modules: readonly (readonly [file: string, text: string])[]): readonly string[] {
	const declarers = new Map<string, string[]>();
	for (const [file, text] of modules)
		for (const name of declaredBy(text)) declarers.set(name, [...(declarers.get(name) ?? []), file]);
	return [...declarers].flatMap(([name, files]) =>
		files.length > 1 ? [`${name} is declared by ${files.join(' and ')}`] : [],
	);
}

const modules = readdirSync(src, { recursive: true, encoding: 'utf8' })
	.filter((file) => /\.ts$/.test(file) && !/\.(test|bench|d)\.ts$|(^|\/)testing/.test(file))
	.map((file) => [file, readFileSync(join(src, file), 'utf8')] as const);

describe('an exported name', () => {
	test('means one thing', () => {
		expect(modules.length).toBeGreaterThan(500);
		expect(ambiguous(modules)).toEqual([]);
	});

	test.each([
		['a function and a type', 'export function made() {}', 'export type made = 1;'],
		['constants', 'export const made = 1;', 'const other = 2;\nexport const made = 3;'],
		['classes', 'export abstract class made {}', 'export default class made {}'],
		['interfaces', 'export interface made {}', 'export declare const made: 1;'],
	])('is seen to mean two: %s', (_, one, other) => {
		expect(
			ambiguous([
				['a.ts', one],
				['b.ts', other],
			]),
		).toEqual(['made is declared by a.ts and b.ts']);
	});

	test('may be overloaded, and be passed on by others', () => {
		const one = 'export function made(a: 1): 1;\nexport function made(a: 2): 2;\nexport function made(a) {}';
		expect(
			ambiguous([
				['a.ts', one],
				['index.ts', "export { made } from './a';"],
			]),
		).toEqual([]);
	});
});
