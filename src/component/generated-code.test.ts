import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { dropLog } from './drop-log';
import { componentOfWit, nodeTools } from './fixtures';
import { gatherInterfaces } from './interface-names';
import { skeletonOf } from './skeleton';
import { strip } from './strip';
import { transpile } from './transpile';

const root = new URL('../../', import.meta.url);

/** Every component that is kept here: those that tests play, and the samples. */
const components = ['e2e/components', 'static-components'].flatMap((folder) =>
	readdirSync(new URL(folder, root)).flatMap((name) => {
		try {
			return [[name, new Uint8Array(readFileSync(new URL(`${folder}/${name}/${name}.wasm`, root)))] as const];
		} catch {
			return [];
		}
	}),
);

/** The generated code as a module; it must be our own component's, since its top level runs. */
async function parse(bytes: Uint8Array, mode: 'jspi' | 'sync'): Promise<unknown> {
	const made = await transpile(bytes, { mode, tools: nodeTools });
	if (!made.ok) throw new Error(made.error);
	const source = Buffer.from(made.value.program.source).toString('base64');
	return import(/* @vite-ignore */ `data:text/javascript;base64,${source}`);
}

test.each(components)('the types of the component %s are read of its skeleton', async (_, bytes) => {
	const whole = gatherInterfaces(strip(bytes, () => true).bytes).bytes;
	const skeleton = skeletonOf(whole);
	expect(skeleton.length).toBeLessThan(whole.length);
	const { componentWit } = await nodeTools();
	expect(await componentWit(skeleton)).toBe(await componentWit(whole));
});

describe.each(['jspi', 'sync'] as const)('the code generated to run with %s', (mode) => {
	test.each(components)('of the component %s parses', async (name, bytes) => {
		// Where nothing can be suspended, what is asynchronous is refused by name before there is code.
		if (mode === 'sync' && name.startsWith('async-'))
			await expect(parse(bytes, mode)).rejects.toThrow(/asynchronous functions \('.*cannot suspend/);
		else expect(await parse(bytes, mode)).toHaveProperty('instantiate');
	});

	test('of every kind of function that a resource can have parses', async () => {
		const bytes = await componentOfWit(`package a:b;
			interface shop {
				resource cart { constructor(owner: string); of: static func(n: u8) -> cart; add: func(n: u8) -> result<u8>; }
				fill: func(cart: borrow<cart>);
			}
			world root-world { export shop; export plain: func() -> u8; }`);
		expect(await parse(bytes, mode)).toHaveProperty('instantiate');
	});
});

/** The methods in a file that wherever they are written give what they find by way of fields and of each other. */
function fieldsIn(file: ts.SourceFile): ReadonlySet<string> {
	const bodies = new Map<string, (ts.Expression | null)[]>();
	const visit = (node: ts.Node): void => {
		if (ts.isMethodDeclaration(node) || ts.isFunctionLike(node)) {
			const name = node.name?.getText(file);
			const [only, ...more] =
				'body' in node && node.body && ts.isBlock(node.body) ? node.body.statements : [];
			const isPlain = ts.isMethodDeclaration(node) && node.parameters.length === 0 && !node.modifiers?.length;
			const gives =
				isPlain && more.length === 0 && only && ts.isReturnStatement(only) ? only.expression : null;
			if (name !== undefined) bodies.set(name, [...(bodies.get(name) ?? []), gives ?? null]);
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	const fields = new Set<string>();
	const isChain = (node: ts.Expression): boolean => {
		if (ts.isPropertyAccessExpression(node))
			return node.expression.kind === ts.SyntaxKind.ThisKeyword || isChain(node.expression);
		return (
			ts.isCallExpression(node) &&
			node.arguments.length === 0 &&
			ts.isPropertyAccessExpression(node.expression) &&
			fields.has(node.expression.name.text) &&
			isChain(node.expression)
		);
	};
	for (let before = -1; before < fields.size;) {
		before = fields.size;
		for (const [name, given] of bodies) if (given.every((node) => node && isChain(node))) fields.add(name);
	}
	return fields;
}

/** Whether an argument does nothing, by what a parser makes of it. */
function doesNothing(node: ts.Node, fields: ReadonlySet<string>): boolean {
	switch (node.kind) {
		case ts.SyntaxKind.Identifier:
		case ts.SyntaxKind.PrivateIdentifier:
		case ts.SyntaxKind.StringLiteral:
		case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
		case ts.SyntaxKind.NumericLiteral:
		case ts.SyntaxKind.NullKeyword:
		case ts.SyntaxKind.TrueKeyword:
		case ts.SyntaxKind.FalseKeyword:
		case ts.SyntaxKind.ThisKeyword:
		case ts.SyntaxKind.ShorthandPropertyAssignment:
		case ts.SyntaxKind.QuestionDotToken:
		case ts.SyntaxKind.ExclamationEqualsEqualsToken:
		case ts.SyntaxKind.EqualsEqualsEqualsToken:
			return true;
		case ts.SyntaxKind.PropertyAccessExpression:
		case ts.SyntaxKind.ElementAccessExpression:
		case ts.SyntaxKind.TypeOfExpression:
		case ts.SyntaxKind.ObjectLiteralExpression:
		case ts.SyntaxKind.ArrayLiteralExpression:
		case ts.SyntaxKind.BinaryExpression:
			return (ts.forEachChild(node, (child) => !doesNothing(child, fields)) ?? false) === false;
		case ts.SyntaxKind.PropertyAssignment:
			return doesNothing((node as ts.PropertyAssignment).initializer, fields);
		case ts.SyntaxKind.PrefixUnaryExpression:
			return (node as ts.PrefixUnaryExpression).operator === ts.SyntaxKind.ExclamationToken;
		case ts.SyntaxKind.CallExpression: {
			const { expression, arguments: args } = node as ts.CallExpression;
			return (
				args.length === 0 &&
				ts.isPropertyAccessExpression(expression) &&
				fields.has(expression.name.text) &&
				doesNothing(expression.expression, fields)
			);
		}
		default:
			return false;
	}
}

/** The calls of the logger that a parser finds, and whether each may go. */
function logged(source: string): { readonly start: number; readonly end: number; readonly goes: boolean }[] {
	const found: { start: number; end: number; goes: boolean }[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && node.expression.getText(file) === '_debugLog') {
			const { parent } = node;
			const goes =
				ts.isExpressionStatement(parent) &&
				(ts.isBlock(parent.parent) || ts.isSourceFile(parent.parent)) &&
				parent.getText(file).endsWith(';') &&
				node.arguments.every((argument) => doesNothing(argument, fields));
			found.push({ start: parent.getStart(file), end: parent.getEnd(), goes });
		}
		ts.forEachChild(node, visit);
	};
	const file = ts.createSourceFile('a.js', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
	const fields = fieldsIn(file);
	visit(file);
	return found;
}

test.each(components)(
	'the calls of the logger in the code of %s go as a parser finds them',
	async (_, bytes) => {
		const tools = await nodeTools();
		let source = '';
		await transpile(bytes, {
			mode: 'jspi',
			tools: async () => ({
				...tools,
				generate(...args: Parameters<typeof tools.generate>) {
					const made = tools.generate(...args);
					source = new TextDecoder().decode(made.files.find(([name]) => name.endsWith('.js'))![1]);
					return made;
				},
			}),
		});
		const calls = logged(source);
		let expected = '';
		let from = 0;
		for (const { start, end } of calls.filter(({ goes }) => goes)) {
			expected += source.slice(from, start) + source.slice(start, end).replace(/[^\n]/g, '');
			from = end;
		}
		const result = dropLog(source);
		expect(result.source).toBe(expected + source.slice(from));
		expect(result.dropped).toBeGreaterThan(50);
		expect(result.left).toBeLessThan(result.dropped / 2);
		expect(result.dropped + result.left).toBe(calls.length);
	},
);
