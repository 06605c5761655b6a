import { describe, expect, test } from 'vitest';
import { componentOfWit, nodeTools } from './fixtures';
import { oddWorlds } from './odd-worlds';
import { transpile } from './transpile';

describe('a component of a seldom kind', () => {
	test.each(oddWorlds)('with %s has its tools, and code that parses', async (_, tools, wit) => {
		const made = await transpile(await componentOfWit(wit), { mode: 'jspi', tools: nodeTools });
		if (!made.ok) throw new Error(made.error);
		expect(made.value.tools).toHaveLength(tools);
		const source = Buffer.from(made.value.program.source).toString('base64');
		// It is our own component's: its top level may run here.
		const code: unknown = await import(/* @vite-ignore */ `data:text/javascript;base64,${source}`);
		expect(code).toHaveProperty('instantiate');
	});
});
