import { describe, expect, test } from 'vitest';
import { componentOfWit, nodeTools } from './fixtures';
import { oddWorlds } from './odd-worlds';
import { transpile } from './transpile';

/** What any import is to a component that only has to start. */
const anything: object = new Proxy(class {}, { get: (_, name) => (name === 'then' ? undefined : anything) });

describe.each(['jspi', 'sync'] as const)('a component of a seldom kind, made to run with %s,', (mode) => {
	test.each(oddWorlds)('starts with %s', async (_, tools, wit) => {
		const made = await transpile(await componentOfWit(wit), { mode, tools: nodeTools });
		if (!made.ok) throw new Error(made.error);
		expect(made.value.tools).toHaveLength(tools);
		const { source, modules } = made.value.program;
		const code = (await import(
			/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`
		)) as {
			instantiate(core: (name: string) => Promise<WebAssembly.Module>, imports: object): Promise<object>;
		};
		if (mode === 'jspi' && !('Suspending' in WebAssembly)) return;
		const found = new Map(modules);
		const instance = await code.instantiate(
			(name) => WebAssembly.compile(found.get(name) as Uint8Array<ArrayBuffer>),
			anything,
		);
		expect(typeof instance).toBe('object');
	});
});
