import { expect, test } from '@playwright/test';
import { openDeck } from './page';

/** What a browser can lack, as a change to one that lacks nothing. */
const lacking: readonly (readonly [string, () => void])[] = [
	['WebAssembly', () => Reflect.deleteProperty(window, 'WebAssembly')],
	['JavaScript modules', () => Reflect.deleteProperty(HTMLScriptElement.prototype, 'noModule')],
	['BigInt', () => Reflect.deleteProperty(window, 'BigInt')],
	['the JavaScript of 2023', () => Reflect.deleteProperty(Array.prototype, 'with')],
	['AbortSignal.any', () => Reflect.deleteProperty(AbortSignal, 'any')],
];

test.describe('a browser that lacks what the page needs', () => {
	for (const [what, lose] of lacking) {
		test(`gets a page that says so: ${what}`, async ({ page }) => {
			await page.addInitScript(lose);
			await page.goto('./');
			const message = page.getByRole('alert');
			await expect(message).toContainText('This browser cannot run Tapedeck');
			await expect(message.getByRole('listitem')).toHaveCount(1);
			await expect(message.getByRole('listitem')).toContainText(what);
			await expect(page.getByTestId('run')).toHaveCount(0);
		});
	}

	test('names everything that is missing', async ({ page }) => {
		for (const [, lose] of lacking) await page.addInitScript(lose);
		await page.goto('./');
		await expect(page.getByRole('alert').getByRole('listitem')).toHaveCount(lacking.length);
	});
});

test('a page whose script does not arrive says so', async ({ page }) => {
	await page.route(/assets\/index-.*\.js$/, (route) => route.abort());
	await page.goto('./');
	await expect(page.getByRole('alert')).toContainText('Tapedeck could not be loaded');
	await expect(page.getByRole('alert')).toContainText('assets/index-');
});

test('a browser that has it all gets the page itself', async ({ page }) => {
	await openDeck(page);
	await expect(page.getByText('This browser cannot run Tapedeck')).toHaveCount(0);
});
