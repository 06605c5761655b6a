import { expect, test } from 'vitest';
import { fakeTool } from '../../mcp/testing/fake-deck';
import { sharedBy } from './shared-by';

const component = (id: string, ...names: string[]) => ({ id, tools: names.map((name) => fakeTool(name)) });

test('a tool name that two components offer is told, with both', () => {
	const components = [component('a', 'fetch', 'one'), component('b', 'fetch')];
	expect(sharedBy(components, 'fetch')).toMatchObject({
		components: ['a', 'b'],
		sentence: expect.stringContaining('a and b offer the same tool, fetch.'),
	});
	expect(sharedBy(components, 'one')).toBeNull();
	expect(sharedBy(components, 'none')).toBeNull();
});
