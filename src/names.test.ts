import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const src = import.meta.dirname;

/** What a module declares and exports; what it passes on from another one is that one's. */
export function declaredBy(file: string, text: string): readonly string[] {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
	const names = source.statements.flatMap((statement) => {
		const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
		if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
		const named = ts.isVariableStatement(statement)
			? statement.declarationList.declarations.map(({ name }) => name)
			: [(statement as ts.DeclarationStatement).name];
		return named.flatMap((name) => (name && ts.isIdentifier(name) ? [name.text] : []));
	});
	// Overloads are one thing.
	return [...new Set(names)];
}

/** Names that stand for more than one thing, each with the modules that declare it. */
export function ambiguous(modules: readonly (readonly [file: string, text: string])[]): readonly string[] {
	const declarers = new Map<string, string[]>();
	for (const [file, text] of modules)
		for (const name of declaredBy(file, text)) declarers.set(name, [...(declarers.get(name) ?? []), file]);
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
		['constants', 'export const made = 1;', 'export const other = 2, made = 3;'],
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
