import { expect, test } from '@playwright/test';
import { openDeck, run } from './page';

/* Whatever is taken away by one press comes back by one key. */

test('what was removed by a slip comes back by the key, the latest first, and never while text is written', async ({
	page,
}) => {
	await openDeck(page);
	await run(page);
	const scenario = () =>
		page.evaluate(() => {
			const { components, world } = window.tapedeck.scenario();
			return {
				policies: components.map(({ id, policy }) => [id, policy]),
				files: Object.keys(world?.files ?? {}).length,
				calls: window.tapedeck.activity().length,
			};
		});
	const before = await scenario();
	await page.getByRole('button', { name: 'Detach the policy' }).click();
	await page.getByRole('tab', { name: 'Files' }).click();
	await page.getByRole('button', { name: 'Remove /data', exact: true }).click();
	await page.getByRole('button', { name: 'Clear activity' }).click();
	await page.getByRole('button', { name: 'Unload files' }).click();
	expect(await scenario()).toEqual({ policies: [], files: expect.any(Number), calls: 0 });
	for (let undone = 0; undone < 4; undone++) await page.keyboard.press('ControlOrMeta+z');
	expect(await scenario()).toEqual(before);
	await page.getByRole('button', { name: 'Clear activity' }).click();
	await page.getByTestId('call-form').getByRole('textbox').first().press('ControlOrMeta+z');
	expect((await scenario()).calls).toBe(0);
});
