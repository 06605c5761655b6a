import { describe, expect, test } from 'vitest';
import { concatBytes } from '../core/concat-bytes';
import { binaryOfWat, componentOfWit, nodeTools, withCustomSection } from './fixtures';
import { transpile, type TranspiledComponent } from './transpile';

const run = async (bytes: Uint8Array, mode: 'jspi' | 'sync' = 'jspi') =>
	transpile(bytes, { mode, tools: nodeTools });

async function load(bytes: Uint8Array, mode?: 'jspi' | 'sync'): Promise<TranspiledComponent> {
	const result = await run(bytes, mode);
	if (!result.ok) throw new Error(result.error);
	return result.value;
}

const poll = (version: string) => `package wasi:io@${version} { interface poll {
	resource pollable { block: func(); ready: func() -> bool; }
	poll: func(in: list<borrow<pollable>>) -> list<u32>; } }`;

const wit = `package local:demo@0.1.0;
interface types { record person { full-name: string } greet: func(who: person) -> string; }
interface shapes { type id = u32; }
world root-world {
	import shapes;
	import wasi:io/poll@0.2.3;
	import wasi:io/poll@0.3.0;
	import acme:store/kv@1.0.0;
	import acme:store/kv@2.0.0;
	import log: func(text: string);
	export types;
	export run: func(count: u8) -> result<u8, string>;
	export odd: interface { use types.{person}; same: func(who: person) -> person; }
}
package acme:store@1.0.0 { interface kv { get: func(key: string) -> string; } }
package acme:store@2.0.0 { interface kv { get: func(key: string) -> option<string>; } }
${poll('0.2.3')} ${poll('0.3.0')}`;

describe('a transpiled component', () => {
	test('has its tools, from the world and from interfaces', async () => {
		const { tools } = await load(await componentOfWit(wit));
		expect(tools.map(({ name }) => name).sort()).toEqual(['local_demo_types_0_1_0_greet', 'odd_same', 'run']);
		expect(tools.find(({ name }) => name === 'odd_same')?.function.result).toEqual({
			kind: 'record',
			name: 'person',
			fields: [{ name: 'full-name', type: { kind: 'string' } }],
		});
	});

	test('has WIT text with true names and every package', async () => {
		const { wit: text } = await load(await componentOfWit(wit));
		expect(text).toContain('export local:demo/types@0.1.0;');
		expect(text).toContain('package local:demo@0.1.0 {\n  interface types {\n    record person {');
		expect(text).not.toContain('interface-0');
	});

	test('looks for WASI 0.2 under names without version, for all else under full names', async () => {
		const { program } = await load(await componentOfWit(wit));
		expect([...program.imports].sort()).toEqual([
			'acme:store/kv@1.0.0',
			'acme:store/kv@2.0.0',
			'log',
			'wasi:io/poll',
			'wasi:io/poll@0.3.0',
		]);
	});

	test('says which imports nobody provides, but not those of types alone', async () => {
		const { missing, notes } = await load(await componentOfWit(wit));
		expect([...missing].sort()).toEqual([
			'acme:store/kv@1.0.0',
			'acme:store/kv@2.0.0',
			'log',
			'wasi:io/poll@0.3.0',
		]);
		expect(notes.join(' ')).toContain('WASI 0.3');
	});

	test('waits in blocking imports and in every export where the browser can', async () => {
		const { program } = await load(await componentOfWit(wit));
		expect(program.mode).toBe('jspi');
		expect(program.source.match(/= WebAssembly\.promising\(exports\d/g)).toHaveLength(
			3 + (program.source.match(/Async = WebAssembly\.promising\(exports\d/g)?.length ?? 0),
		);
		expect(program.source).toContain('WebAssembly.Suspending');
	});

	test('waits nowhere where the browser cannot', async () => {
		const { program } = await load(await componentOfWit(wit), 'sync');
		expect(program.mode).toBe('sync');
		expect(program.source).not.toMatch(
			/^[ \t]*run = WebAssembly\.promising|exports\d+Run = WebAssembly\.promising/m,
		);
	});

	test('has its descriptions from package-docs, a section that the transpiler does not see', async () => {
		const docs = {
			worlds: { 'root-world': { func_exports: { run: { docs: 'Runs it.' } } } },
			interfaces: { types: { funcs: { greet: { docs: 'Greets.' } } } },
		};
		const section = concatBytes([Uint8Array.of(0), new TextEncoder().encode(JSON.stringify(docs))]);
		const { tools, notes } = await load(
			withCustomSection(await componentOfWit(wit), 'package-docs', section),
		);
		const named = (name: string) => tools.find((tool) => tool.name === name);
		expect(named('run')?.description).toBe('Runs it.');
		expect(named('local_demo_types_0_1_0_greet')?.description).toContain('Auto-generated');
		expect(named('local_demo_types_0_1_0_greet')?.function.docs).toBe('Greets.');
		expect(notes.join(' ')).toContain('package-docs');
	});

	test('has notes on exported resources, commands and HTTP handlers', async () => {
		const bytes = await componentOfWit(`package a:b;
			interface shop { resource cart { constructor(); add: func(item: string); } }
			world root-world { export shop; export wasi:cli/run@0.2.0; export wasi:http/incoming-handler@0.2.0; }
			package wasi:cli@0.2.0 { interface run { run: func() -> result; } }
			package wasi:http@0.2.0 { interface incoming-handler { handle: func(); } }`);
		const { notes, tools } = await load(bytes);
		expect(notes.join('\n')).toMatch(/command[^]*HTTP service[^]*'cart'/);
		expect(tools.filter(({ uncallable }) => uncallable).map(({ name }) => name)).toEqual([
			'a_b_shop__constructor_cart',
			'a_b_shop__method_cart_add',
		]);
	});

	test('with a tool name that many clients do not take says so', async () => {
		const long = 'a'.repeat(65);
		const { notes } = await load(
			await componentOfWit(`package a:b; world root-world { export ${long}: func(); export b: func(); }`),
		);
		expect(notes.join()).toContain(`'${long}' has more than 64 characters`);
		const { notes: none } = await load(
			await componentOfWit(`package a:b; world root-world { export ${long.slice(1)}: func(); }`),
		);
		expect(none).toEqual([]);
	});

	test('without functions says that there is no tool in it', async () => {
		const { notes, tools } = await load(await binaryOfWat('(component)'));
		expect(tools).toEqual([]);
		expect(notes).toEqual(['It exports no function, so there is no tool in it.']);
	});
});

describe('a component is refused', () => {
	const holding = (module: string) => `(component (core module $m (func (export "f")) ${module})
		(core instance $i (instantiate $m)) (func (export "run") (canon lift (core func $i "f"))))`;

	test.each([
		[
			'an import of a whole module',
			'(component (import "parts" (core module (export "f" (func)))))',
			"It imports 'parts' as a whole module",
		],
		[
			'an import of a whole component',
			'(component (import "parts" (component)))',
			"'parts' as a whole module",
		],
		[
			'an import by address',
			'(component (import "url=<https://a.test/x>" (func)))',
			"'url=<https://a.test/x>'",
		],
		[
			'an import that reaches into the browser',
			'(component (import "webidl:dom/window" (instance (export "open" (func)))))',
			'webidl',
		],
		['a memory that is shared', holding('(memory 1 1 shared)'), 'shared memory'],
		['types for garbage collection', holding('(type (struct))'), 'garbage collection'],
		['a name that could end a string', holding('(func (export "a\\22b"))'), 'generated code'],
		['a memory that is too large from the start', holding('(memory 40000)'), '2500 MiB'],
		['a table that is too large from the start', holding('(table 200000 funcref)'), '200000 elements'],
	])('with %s', async (_, wat, message) => {
		const result = await run(await binaryOfWat(wat));
		expect(!result.ok && result.error).toContain(message);
	});

	test('with more than 64 core modules', async () => {
		const module = (index: number) =>
			`(core module $m${index} (func (export "f"))) (core instance $i${index} (instantiate $m${index}))
			(func (export "f${index}") (canon lift (core func $i${index} "f")))`;
		const wat = `(component ${Array.from({ length: 65 }, (_, index) => module(index)).join('\n')})`;
		const result = await run(await binaryOfWat(wat));
		expect(!result.ok && result.error).toContain('65 core modules');
	});

	test('that was made for an old draft of asynchronous components, with what to rebuild with', async () => {
		const old = holding('(func (export "[async-lift]run") (result i32))');
		const result = await run(await binaryOfWat(old));
		expect(!result.ok && result.error).toMatch(/old draft of asynchronous.*Build it again.*refuses/s);
		const plain = await run(await binaryOfWat(holding('(func (result i32))')));
		expect(!plain.ok && plain.error).not.toContain('draft');
	});

	test('with the reason where it is not a component', async () => {
		const result = await transpile(await binaryOfWat('(module)'), {
			mode: 'jspi',
			tools: () => Promise.reject(new Error('must not be asked for')),
		});
		expect(!result.ok && result.error).toContain('core WebAssembly module');
	});

	test('with the transpiler’s reason where its insides are invalid', async () => {
		const result = await run(await binaryOfWat(holding('(func (result i32))')));
		expect(!result.ok && result.error).toMatch(
			/^The transpiler \(jco\) refuses this component: .*type mismatch/s,
		);
	});
});
