import ts from 'typescript';
import { expect, test } from 'vitest';
import { parseWit } from '../core/wit';
import { scriptTypes } from './script-types';
import { starters } from './starters';

const typesOf = (wit: string) => {
	const world = parseWit(wit);
	if (!world.ok) throw new Error(world.error.message);
	return scriptTypes(world.value);
};

const wit = `package local:a@1.0.0;
interface store {
	resource shelf { constructor(size: u64); get: func(key: string) -> result<list<u8>, string>; open: static func() -> shelf; }
	record point { x: s32, y-axis: f64 }
	variant shape { circle(point), nothing }
	flags rights { read, run-it }
	list-all: func(from: option<point>) -> list<shape>;
	allow: func(value: rights) -> map<string, u8>;
}
world w { import store; export say-hello: func(name: string) -> string; export later: async func() -> result<u64>; }`;

test('the types of a world are TypeScript, and a script is checked by them', () => {
	const declarations = typesOf(wit);
	const script = `import { listAll, Shelf } from 'local:a/store@1.0.0';
import store from 'local:a/store@1.0.0';
import type { Tool } from 'tapedeck:world';
const shelf: Shelf = new Shelf(3n);
const bytes: Uint8Array = Shelf.open().get('a');
const wrong: number = listAll({ x: 1, yAxis: 2 });
store.allow({ runIt: true }).get('a')?.toFixed();
export const tool: Tool = { sayHello: (name) => name.toUpperCase(), later: async () => 1n };
void shelf; void bytes; void wrong;`;
	const files = new Map([
		['/tool.d.ts', declarations],
		['/script.ts', script],
	]);
	const options: ts.CompilerOptions = {
		strict: true,
		noEmit: true,
		target: ts.ScriptTarget.ESNext,
		lib: ['lib.esnext.d.ts'],
		types: [],
	};
	const host = ts.createCompilerHost(options);
	const { getSourceFile, fileExists, readFile } = host;
	host.getSourceFile = (name, ...rest) => {
		const text = files.get(name);
		return text === undefined
			? getSourceFile(name, ...rest)
			: ts.createSourceFile(name, text, ts.ScriptTarget.ESNext);
	};
	host.fileExists = (name) => files.has(name) || fileExists(name);
	host.readFile = (name) => files.get(name) ?? readFile(name);
	const program = ts.createProgram([...files.keys()], options, host);
	const found = ts.getPreEmitDiagnostics(program).map(({ messageText, file, start = 0 }) => {
		const line = file?.text.slice(0, start).split('\n').length ?? 0;
		return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n').split('\n')[0]}`;
	});
	expect(found).toEqual(["/script.ts:6 Type 'Shape[]' is not assignable to type 'number'."]);
});

test('every shape of the starter has its type', () => {
	const shapes = starters.find(({ id }) => id === 'shapes')!;
	const text = typesOf(shapes.wit);
	expect(text).toContain("type Color = 'red' | 'light-green' | 'blue';");
	expect(text).toContain("nested(value: { tag: 'some'; val: number | null } | { tag: 'none' })");
	expect(text).not.toContain('unknown');
});
