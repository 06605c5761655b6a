import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anatomyOf } from './anatomy';
import { annotateWit } from './annotate-wit';
import { maximumWatBytes, printWat, type WatWorker } from './print-wat';

const sample = (name: string) =>
	new Uint8Array(readFileSync(join(import.meta.dirname, `../../static-components/${name}/${name}.wasm`)));

describe('the anatomy of a component', () => {
	test.each(['files', 'exfiltrator', 'notes'])('of %s counts every byte but headers', (name) => {
		const bytes = sample(name);
		const { sections } = anatomyOf(bytes);
		const counted = sections.reduce((sum, [, size]) => sum + size, 0);
		expect(counted).toBeLessThanOrEqual(bytes.length);
		expect(counted).toBeGreaterThan(bytes.length * 0.98 - 200);
		expect(sections.map(([section]) => section)).toContain('code');
		expect([...sections].sort(([, a], [, b]) => b - a)).toEqual(sections);
	});

	test('tells the language where producers tell', () => {
		expect(anatomyOf(sample('files')).language).toMatch(/^Rust/);
		expect(anatomyOf(sample('exfiltrator')).language).toBe('C or C++');
		// Its only producers are those of the adapter.
		expect(anatomyOf(sample('greet')).language).toBeNull();
	});

	test.each([
		['nothing', new Uint8Array()],
		['noise', Uint8Array.from({ length: 64 }, (_, at) => (at * 37) % 256)],
	])('of %s does not throw', (_, bytes) => {
		expect(() => anatomyOf(bytes)).not.toThrow();
	});
});

test('documentation is put above the functions that it is about', () => {
	const wit = [
		'world w {',
		'  import log: func();',
		'  export log: func();',
		'  export a:b/c;',
		'}',
		'interface c {',
		'  %list: func() -> u8;',
		'}',
	].join('\n');
	const docs = {
		functions: new Map([['log', 'First.\nSecond.']]),
		interfaceFunctions: new Map([['c#list', 'Lists.']]),
	};
	expect(annotateWit(wit, docs).split('\n')).toEqual([
		'world w {',
		'  import log: func();',
		'  /// First.',
		'  /// Second.',
		'  export log: func();',
		'  export a:b/c;',
		'}',
		'interface c {',
		'  /// Lists.',
		'  %list: func() -> u8;',
		'}',
	]);
	expect(annotateWit(wit, null)).toBe(wit);
});

describe('printing WAT', () => {
	const worker = (answer: (self: WatWorker) => void): WatWorker & { ended: boolean } => {
		const self = {
			ended: false,
			onmessage: null,
			onerror: null,
			postMessage: () => queueMicrotask(() => answer(self)),
			terminate: () => (self.ended = true),
		} as unknown as WatWorker & { ended: boolean };
		return self;
	};

	test('gives what the worker gives, and ends it', async () => {
		const spawned = worker((self) =>
			self.onmessage!.call(
				self as Worker,
				{ data: { ok: true, value: { text: '(', length: 1 } } } as MessageEvent,
			),
		);
		expect(await printWat(new Uint8Array(8), { spawn: () => spawned })).toMatchObject({ ok: true });
		expect(spawned.ended).toBe(true);
	});

	test('says that a component is too large without starting a worker', async () => {
		const printed = await printWat(new Uint8Array(maximumWatBytes + 1), {
			spawn: () => {
				throw new Error('started');
			},
		});
		expect(printed).toMatchObject({ ok: false, error: expect.stringContaining('wasm-tools print') });
	});

	test('ends with the worker, and when it is told to', async () => {
		const broken = worker((self) => self.onerror!.call(self as Worker, {} as ErrorEvent));
		expect(await printWat(new Uint8Array(8), { spawn: () => broken })).toMatchObject({ ok: false });
		const stop = new AbortController();
		const endless = worker(() => stop.abort());
		expect(await printWat(new Uint8Array(8), { spawn: () => endless, signal: stop.signal })).toEqual({
			ok: false,
			error: 'Printing was stopped.',
		});
		expect(endless.ended).toBe(true);
	});
});
