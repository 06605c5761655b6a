import { expect, test } from 'vitest';
import { withOwnCounters } from './map-loops';

/** A list of maps, lowered as the transpiler does it. */
const lowering = `
	const out = [];
	for (let i = 0; i < maps.length; i++) {
		const e = maps[i];
		const base = i * 100;
		const entries2 = e.entries();
		let i = 0;
		for (const [key, value] of entries2) {
			const base = 1000 + i * 10;
			out.push([base, key, value]);
			i++;
		}
		out.push(base);
	}
	return out;`;

async function run(body: string): Promise<unknown> {
	const module = `export const run = (maps) => {${body}};`;
	const { run } = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(module)}`)) as {
		readonly run: (maps: readonly Map<string, number>[]) => unknown;
	};
	return run([
		new Map([
			['a', 1],
			['b', 2],
		]),
		new Map([['c', 3]]),
	]);
}

test('a map in a list is counted for itself', async () => {
	await expect(run(lowering)).rejects.toThrow(ReferenceError);
	expect(await run(withOwnCounters(lowering))).toEqual([
		[1000, 'a', 1],
		[1010, 'b', 2],
		0,
		[1000, 'c', 3],
		100,
	]);
});

test('two maps stand beside each other', async () => {
	const two = `
		const [entries1, entries2] = maps.map((map) => map.entries());
		const out = [];
		let i = 0;
		for (const [key, value] of entries1) { out.push([i, key]); i++; }
		let i = 0;
		for (const [key, value] of entries2) { out.push([i, key]); i++; }
		return out;`;
	await expect(run(two)).rejects.toThrow(SyntaxError);
	expect(await run(withOwnCounters(two))).toEqual([
		[0, 'a'],
		[1, 'b'],
		[0, 'c'],
	]);
});
