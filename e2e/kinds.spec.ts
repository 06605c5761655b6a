import { expect, test } from '@playwright/test';
import { component, openDeck } from './page';

/** Loads a component of the tests and makes its calls, one after the other; what they answered. */
async function play(
	page: import('@playwright/test').Page,
	name: string,
	calls: readonly (readonly [tool: string, args: object])[],
) {
	const bytes = component(name).toString('base64');
	return page.evaluate(
		async ([id, base64, list]) => {
			await window.tapedeck.load(
				Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)),
				id,
			);
			const answers: string[] = [];
			for (const [tool, args] of list) {
				const { content } = await window.tapedeck.callTool(tool, args as Record<string, unknown>);
				answers.push(content.map((item) => (item.type === 'text' ? item.text : '')).join(''));
			}
			return answers;
		},
		[name, bytes, calls] as const,
	);
}

test('components of every kind play', async ({ page }) => {
	await openDeck(page);

	// Its code has a class with a constructor, a static function and methods, beside plain functions.
	const [doubled, filled] = await play(page, 'resources', [
		['double', { number: 21 }],
		['tapedeck_resources_shop_0_1_0_fill', { items: ['tea', 'milk'] }],
	]);
	expect(doubled).toBe('42');
	expect(filled).toBe('["you: tea","you: milk"]');
});
