import { describe, expect, test } from 'vitest';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { binaryOf } from './assemble';
import { isWat } from './is-wat';
import { parseProblem } from './parse-problem';
import type { WatReply, WatRequest, WatWorker } from './print-wat';
import { inspect } from './inspect';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** A worker that parses, as the real one does; `silent` never answers. */
function parser({ silent = false } = {}) {
	const worker = {
		onmessage: null as WatWorker['onmessage'],
		onerror: null,
		terminated: false,
		postMessage(request: WatRequest) {
			if (silent) return;
			const reply = (data: WatReply) =>
				worker.onmessage?.call(worker as never, { data } as MessageEvent<WatReply>);
			parse('text' in request ? request.text : '').then(
				(value) => reply({ ok: true, value }),
				(error: { payload?: string }) => reply({ ok: false, error: parseProblem(error.payload ?? '') }),
			);
		},
		terminate() {
			worker.terminated = true;
		},
	};
	return worker;
}

describe('a text is known by how it begins:', () => {
	test.each([
		['(component)', true],
		['\uFEFF (component $name)', true],
		[';; a comment\n(; and (a) block ;)\n( module )', true],
		['(module)', true],
		['(components)', false],
		['(component-type)', false],
		['package a:b;', false],
		['<html>(component)', false],
		['\0asm', false],
		['', false],
	])('%j: %s', (text, expected) => {
		expect(isWat(utf8(text))).toBe(expected);
	});
});

describe('binaryOf', () => {
	test('gives what is no text back as it is, and starts nothing', async () => {
		const bytes = await parse('(component)');
		const found = await binaryOf(bytes, { spawn: () => expect.unreachable() });
		expect(found).toEqual({ ok: true, value: bytes });
	});

	test('makes of a text the component that it stands for', async () => {
		const worker = parser();
		const made = await binaryOf(utf8(';; mine\n(component (import "a" (func)))'), {
			spawn: () => worker,
		});
		if (!made.ok) throw new Error(made.error);
		expect(inspect(made.value).kind).toBe('component');
		expect(worker.terminated).toBe(true);
	});

	test('names line and column of what it cannot read', async () => {
		const problemOf = async (text: string) => {
			const made = await binaryOf(utf8(text), { spawn: () => parser() });
			return made.ok ? null : made.error.replace('This WebAssembly text could not be read: ', '');
		};
		expect(await problemOf('(component\n  (export "a" (funk 1)))')).toMatch(
			/^line 2, column 16: unexpected token, expected one of: `core`, .*\.$/,
		);
		expect(await problemOf('(component (core module (func local.get $y)))')).toBe(
			'line 1, column 41: unknown local: failed to find name `$y`.',
		);
		expect(await problemOf('(component "kind: Custom(')).toBe('line 1, column 26: unexpected eof.');
	});

	test('ends with the signal', async () => {
		const worker = parser({ silent: true });
		const stop = new AbortController();
		const made = binaryOf(utf8('(component)'), {
			signal: stop.signal,
			spawn: () => worker,
		});
		stop.abort();
		expect(await made).toEqual({ ok: false, error: 'Loading was stopped.' });
		expect(worker.terminated).toBe(true);
	});
});
