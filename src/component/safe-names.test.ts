import { beforeAll, describe, expect, test, vi } from 'vitest';
import { exportedFunction } from '../sandbox/runner/exported-function';
import { componentOfWit, nodeTools } from './fixtures';
import { transpile, type TranspiledComponent } from './transpile';

const kebab = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
const isName = (name: string) => /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(name);

/** Of the language and its surroundings, and words that a program cannot have as names. */
const known = [
	'infinity undefined global-this self eval is-finite is-na-n parse-float escape object function boolean symbol number big-int math date',
	'string reg-exp json promise proxy reflect intl error range-error syntax-error type-error array array-buffer data-view atomics',
	'int8-array uint8-array int32-array uint32-array big-int64-array float64-array map set weak-map weak-set weak-ref',
	'finalization-registry iterator web-assembly text-encoder text-decoder url console structured-clone atob set-timeout clear-timeout',
	'set-interval queue-microtask readable-stream origin arguments await yield let static enum implements interface package private',
	'protected public null true false this super import export class default function var const async of delete void typeof',
	'exports0 exports1 module0 module1 memory0 realloc0 post-return0 trampoline0 instance-flags0 exports imports instantiate',
	'get-core-module instantiate-core then constructor prototype',
].flatMap((line) => line.split(' '));

/** What the transpiler's code declares for itself as classes, and as functions and variables of all of it. */
async function declaredNames(): Promise<{
	readonly classes: readonly string[];
	readonly others: readonly string[];
}> {
	const { program } =
		await madeOf(`package t:a; interface i { resource r { constructor(n: u8); } } world root-world { import i; export i;
		export later: async func(s: stream<u8>) -> stream<string>; export soon: func(f: future<string>) -> future<u8>; }`);
	const found = (pattern: RegExp) =>
		[...program.source.matchAll(pattern)].map(([, name]) => kebab(name!)).filter(isName);
	return {
		classes: found(/\bclass ([A-Za-z]\w*)/g),
		others: found(/^ {0,4}(?:const|let|(?:async )?function\*?) ([A-Za-z]\w*)/gm),
	};
}

async function madeOf(wit: string): Promise<TranspiledComponent> {
	const made = await transpile(await componentOfWit(wit), { mode: 'jspi', tools: nodeTools });
	if (!made.ok) throw new Error(made.error);
	return made.value;
}

const withAsync = 'export zz-later: async func(s: stream<u8>) -> stream<string>;';
type Kind = 'class' | 'variable';

const worlds: readonly (readonly [string, Kind, (names: readonly string[]) => string])[] = [
	[
		'resources that it exports',
		'class',
		(
			names,
		) => `interface i { ${names.map((n) => `resource %${n} { constructor(n: u8); at: func() -> u8; }`).join(' ')}
			zz-all: func() -> tuple<${names
				.slice(0, 9)
				.map((n) => `list<%${n}>`)
				.join()}>; } world root-world { export i; ${withAsync} }`,
	],
	[
		'resources that it imports',
		'class',
		(
			names,
		) => `interface i { ${names.map((n) => `resource %${n} { constructor(n: u8); at: func() -> u8; }`).join(' ')} }
			world root-world { import i; ${withAsync} }`,
	],
	[
		'functions of interfaces',
		'variable',
		(names) => `interface i { ${names.map((n) => `%${n}: func(%${n}: string) -> list<string>;`).join(' ')} }
			world root-world { import i; export i; ${withAsync} }`,
	],
	[
		'asynchronous functions of interfaces',
		'variable',
		(
			names,
		) => `interface i { ${names.map((n) => `%${n}: async func(%${n}: string) -> list<string>;`).join(' ')} }
			world root-world { import i; export i; }`,
	],
	[
		'interfaces',
		'variable',
		(names) => `${names.map((n) => `interface %${n} { f: func(); }`).join(' ')}
			world root-world { ${names.map((n) => `import %${n}; export %${n};`).join(' ')} ${withAsync} }`,
	],
	[
		'interfaces in place',
		'variable',
		(names) =>
			`world root-world { ${names.map((n) => `export %${n}: interface { f: func(); }`).join(' ')} ${withAsync} }`,
	],
	[
		'functions of its world',
		'variable',
		(names) =>
			`world root-world { ${names.map((n) => `export %${n}: func(s: string) -> string;`).join(' ')} ${withAsync} }`,
	],
	[
		'functions that it imports in place',
		'variable',
		(names) =>
			`world root-world { ${names.map((n) => `import %${n}: func(s: string) -> list<string>;`).join(' ')} ${withAsync} }`,
	],
];

describe('a component whose names are those of the language or of the generated code', () => {
	let names: Record<Kind, readonly string[]>;
	beforeAll(async () => {
		vi.stubGlobal(
			'WebAssembly',
			Object.assign(Object.create(WebAssembly) as object, {
				promising: (run: unknown) => run,
				Suspending: function (run: unknown) {
					return run;
				},
			}),
		);
		const { classes, others } = await declaredNames();
		expect(classes).toContain('waitable');
		expect(others).toContain('get-current-task');
		const distinct = (list: readonly string[]) => [...new Set([...known, ...list])];
		names = { class: distinct(classes), variable: distinct(others) };
	});

	test.each(worlds)('as %s runs, and is found by its names', async (_, kind, wit) => {
		const { program, tools } = await madeOf(`package t:a@1.0.0; ${wit(names[kind])}`);
		const source = Buffer.from(program.source).toString('base64');
		const code = (await import(/* @vite-ignore */ `data:text/javascript;base64,${source}`)) as {
			renamed?: unknown;
			instantiate: (module: unknown, imports: object, instantiate: unknown) => Promise<object>;
		};
		const modules = new Map(program.modules);
		const asked: string[] = [];
		// What is imported is there under its own names, and nothing else.
		const own = new Set([...names[kind], 'f'].flatMap((name) => spellings(name)));
		const imported = new Proxy(Object.create(null) as object, {
			get(_target, key) {
				if (typeof key === 'string') asked.push(key);
				return /^[A-Z]/.test(String(key)) ? class {} : () => [];
			},
		});
		const imports = new Proxy({}, { get: () => imported });
		const instance = await code.instantiate(
			(name: string) => WebAssembly.compile(modules.get(name) as Uint8Array<ArrayBuffer>),
			imports,
			(...args: Parameters<typeof WebAssembly.instantiate>) => WebAssembly.instantiate(...args),
		);
		expect(asked.filter((key) => key !== 'default' && !own.has(key))).toEqual([]);
		for (const { name, function: fn } of tools) {
			// Nothing calls what belongs to a resource.
			if (!fn.name.startsWith('[')) expect(exportedFunction(instance, fn, code.renamed), name).not.toBeNull();
		}
	});
});

function spellings(name: string): readonly string[] {
	const camel = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
	return [name, camel, camel.charAt(0).toUpperCase() + camel.slice(1)];
}
