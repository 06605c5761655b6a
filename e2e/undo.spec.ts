import { expect } from '@playwright/test';
import { openDeck, pick, run } from './page';
import { test } from './test';

/* Whatever is taken away by one press comes back by one key. */

/** What has a mark to take it away, one after the other, as a person gets at it: the pane, and the button. */
const slips: readonly (readonly [pane: string | null, button: string])[] = [
	['Files', 'Remove /data'],
	['Variables', 'Remove KEY'],
	['Network', 'Remove this route'],
	['What if?', 'Remove read'],
	['Steps', 'Do not expect /data'],
	['Steps', 'Delete step 1'],
	['Activity', 'Clear activity'],
	['Policy', 'Detach the policy'],
	[null, 'Unload files'],
];

test('what was removed by a slip comes back by the key, the latest first, and never while text is written', async ({
	page,
}) => {
	await openDeck(page);
	await page.evaluate(async () => {
		const { components, world } = window.tapedeck.scenario();
		await window.tapedeck.open({
			version: 1,
			components,
			world: { ...world, variables: { KEY: 'value' }, routes: [{ url: 'https://example.com/*' }] },
			calls: [
				{
					tool: 'list-directory',
					arguments: { path: '/data' },
					expect: { activity: [{ capability: 'storage', target: '/data', outcome: 'allow' }] },
				},
			],
			expectations: [{ request: { kind: 'storage', access: 'read', path: '/data' }, outcome: 'allow' }],
		});
	});
	await run(page);
	const state = () =>
		page.evaluate(() =>
			JSON.stringify([window.tapedeck.scenario(), window.tapedeck.activity().map(({ kind }) => kind)]),
		);
	const states = [await state()];
	const isChanged = () => expect.poll(state).not.toBe(states.at(-1));
	await pick(page, 'policy.yaml', Buffer.from('version: "1.0"\n# dropped\n'), 'application/yaml');
	await isChanged();
	states.push(await state());
	for (const [pane, name] of slips) {
		if (pane !== null) await page.getByRole('tab', { name: pane }).click();
		const step = page.getByTestId('step').getByRole('button').first();
		if (pane === 'Steps' && (await step.getAttribute('aria-expanded')) === 'false') await step.click();
		await page
			.getByRole('button', { name, exact: pane === 'Files' })
			.first()
			.click();
		await isChanged();
		states.push(await state());
	}
	for (const before of states.slice(0, -1).reverse()) {
		await page.keyboard.press('ControlOrMeta+z');
		await expect.poll(state).toBe(before);
	}
	await page.getByRole('tab', { name: 'Activity' }).click();
	await page.getByRole('button', { name: 'Clear activity' }).click();
	await page.getByTestId('call-form').getByRole('textbox').first().press('ControlOrMeta+z');
	expect(await page.evaluate(() => window.tapedeck.activity().length)).toBe(0);
});
