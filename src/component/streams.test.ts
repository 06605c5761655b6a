import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { nodeTools } from './fixtures';
import { transpile } from './transpile';

/** What generated code gives for a stream. */
interface Given {
	read(options: { readonly count: number }): Promise<{ readonly value?: unknown; readonly done?: boolean }>;
}
type Exports = Record<string, (...args: readonly unknown[]) => Promise<unknown>>;

let exports: Exports;

// The component is our own, so its generated code may run here; a stranger's runs in a sandbox only. Its functions return where they wait,
// so that nothing has to be suspended, which Node cannot do.
beforeAll(async () => {
	Object.assign(WebAssembly, {
		Suspending: class {
			constructor(run: object) {
				return run;
			}
		},
		promising: (run: unknown) => run,
	});
	const bytes = new Uint8Array(
		readFileSync(new URL('../../e2e/components/async-probe/async-probe.wasm', import.meta.url)),
	);
	const made = await transpile(bytes, { mode: 'jspi', tools: nodeTools });
	if (!made.ok) throw new Error(made.error);
	const { source, modules, imports } = made.value.program;
	const url = `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;
	const { instantiate } = (await import(/* @vite-ignore */ url)) as {
		instantiate: (...args: unknown[]) => Promise<Exports>;
	};
	const compiled = new Map(
		modules.map(([name, module]) => [name, WebAssembly.compile(new Uint8Array(module))]),
	);
	const nothing = new Proxy({}, { get: () => class {} });
	exports = await instantiate(
		(name: string) => compiled.get(name),
		Object.fromEntries(imports.map((name) => [name, nothing])),
	);
});

const call = async (name: string, ...args: readonly unknown[]) => (await exports[name]!(...args)) as Given;

/** Lets everything run that can run. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const piece = 65_536;

describe('a stream of bytes', () => {
	test('travels as bytes in both directions, whatever it is cut into', async () => {
		const wanted = Uint8Array.from({ length: 3000 }, (_, at) => at % 97);
		async function* source() {
			for (const [from, to] of [
				[0, 1],
				[1, 1],
				[1, 1000],
				[1000, 3000],
			] as const)
				yield wanted.slice(from, to);
		}
		const shouted = await call('shout', source());
		const got: Uint8Array[] = [];
		for (const count of Array.from({ length: 9000 }, (_, at) => 1 + (at % 700))) {
			const { value, done } = await shouted.read({ count });
			if (value !== undefined) {
				expect(value).toBeInstanceOf(Uint8Array);
				expect((value as Uint8Array).length).toBeLessThanOrEqual(count);
				got.push(value as Uint8Array);
			}
			if (done) break;
		}
		expect(Buffer.concat(got).toString()).toBe(Buffer.from(wanted).toString().toUpperCase());
	});

	test('may come as lists of numbers, and as any view of bytes', async () => {
		async function* source() {
			yield [97, 98];
			yield new Uint8ClampedArray([99]);
			yield bytesOf('xdx').subarray(1, 2);
		}
		const shouted = await call('shout', source());
		let text = '';
		for (;;) {
			const { value, done } = await shouted.read({ count: piece });
			if (value !== undefined) text += Buffer.from(value as Uint8Array).toString();
			if (done) break;
		}
		expect(text).toBe('ABCD');
	});

	test('is seen piece by piece before its producer ends', async () => {
		let goOn!: () => void;
		const held = new Promise<void>((resolve) => (goOn = resolve));
		let isOver = false;
		async function* source() {
			yield bytesOf('first');
			await held;
			yield bytesOf('second');
			isOver = true;
		}
		const shouted = await call('shout', source());
		const { value } = await shouted.read({ count: piece });
		expect([Buffer.from(value as Uint8Array).toString(), isOver]).toEqual(['FIRST', false]);
		goOn();
		const next = await shouted.read({ count: piece });
		expect(Buffer.from(next.value as Uint8Array).toString()).toBe('SECOND');
		expect(await shouted.read({ count: piece })).toEqual({ value: undefined, done: true });
		expect(isOver).toBe(true);
	});

	test('asks its producer for more only as it is read', async () => {
		let asked = 0;
		async function* source() {
			for (;;) {
				asked += 1;
				yield new Uint8Array(piece).fill(97);
			}
		}
		const shouted = await call('shout', source());
		await settle();
		const atFirst = asked;
		// One that the guest holds, and one that it asked for.
		expect(atFirst).toBeLessThanOrEqual(2);
		for (let read = 0; read < 5; read += 1) await shouted.read({ count: piece });
		await settle();
		expect(asked).toBeGreaterThanOrEqual(5);
		expect(asked).toBeLessThanOrEqual(5 + atFirst + 1);
	});
});

describe('a stream of values', () => {
	test('asks its producer for more only as it is read', async () => {
		let asked = 0;
		async function* source() {
			for (;;) {
				asked += 1;
				yield `word ${asked}`;
			}
		}
		const labelled = await call('label', source());
		expect(await labelled.read({ count: 1 })).toMatchObject({ value: [1, 'word 1'] });
		await settle();
		expect(asked).toBeLessThanOrEqual(4);
	});

	test('is read to where the guest wants no more', async () => {
		let isDropped = false;
		async function* source() {
			try {
				for (let number = 0; ; number += 1) yield number;
			} finally {
				isDropped = true;
			}
		}
		expect(Array.from((await exports['take']!(source(), 3)) as Uint32Array)).toEqual([0, 1, 2]);
		await settle();
		expect(isDropped).toBe(true);
	});
});
