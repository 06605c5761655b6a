import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { componentOfWit, nodeTools } from './fixtures';
import { quickenStreams } from './quicken-streams';
import { transpile } from './transpile';

const componentFile = (name: string) =>
	new Uint8Array(readFileSync(new URL(`../../e2e/components/${name}/${name}.wasm`, import.meta.url)));

/** What the transpiler writes, before anything is changed in it. */
async function written(bytes: Uint8Array): Promise<string> {
	let source = '';
	const { generate, componentWit } = await nodeTools();
	const kept: typeof generate = (...asked) => {
		const made = generate(...asked);
		source = new TextDecoder().decode(made.files.find(([name]) => name.endsWith('.js'))![1]);
		return made;
	};
	await transpile(bytes, { mode: 'jspi', tools: async () => ({ generate: kept, componentWit }) });
	return source;
}

const all = [
	'events wake those who wait for them',
	'buffers are forgotten with what they held',
	'bytes travel as bytes',
];

describe('the code that this transpiler generates', () => {
	test.each(['async-command', 'async-service'])(
		'for streams has exactly the text that is changed: %s',
		async (name) => {
			const source = await written(componentFile(name));
			const { source: changed, done, left } = quickenStreams(source);
			expect({ done, left }).toEqual({ done: all, left: [] });
			for (const slow of ['Array.from(new Uint8Array(', 'waitInterval', 'setTimeout(resolve, delay)'])
				expect([source.includes(slow), changed.includes(slow)], slow).toEqual([true, false]);
			// Our own component's: its top level may run here.
			const url = `data:text/javascript;base64,${Buffer.from(changed).toString('base64')}`;
			expect(await import(/* @vite-ignore */ url)).toHaveProperty('instantiate');
		},
	);

	test.each([
		['a future', 'export f: func() -> future<u8>;'],
		['an asynchronous function', 'export f: async func();'],
		['a stream of nothing', 'export f: func(s: stream);'],
		['a plain function', 'export f: func();'],
	])('with %s parses when it was changed', async (_, item) => {
		const source = await written(await componentOfWit(`package a:b; world root-world { ${item} }`));
		const { source: changed, done } = quickenStreams(source);
		expect(done).toContain(all[0]);
		const url = `data:text/javascript;base64,${Buffer.from(changed).toString('base64')}`;
		expect(await import(/* @vite-ignore */ url)).toHaveProperty('instantiate');
	});
});

test('text that is not exactly the expected one is left as it is, all of a change together', async () => {
	const source = await written(componentFile('async-command'));
	const other = source.replace('drainInto(target, maxCount) {', 'drainInto(target, most) {');
	const { source: changed, done, left } = quickenStreams(other);
	expect({ done, left }).toEqual({ done: all.slice(0, 2), left: all.slice(2) });
	expect(changed).toContain('Array.from(new Uint8Array(this.#memory.buffer');
	expect(quickenStreams('export function instantiate() {}')).toMatchObject({
		source: 'export function instantiate() {}',
		left: all,
	});
});
