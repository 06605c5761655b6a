import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
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
