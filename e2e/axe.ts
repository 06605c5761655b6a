import { expect, type Page } from '@playwright/test';
import axe, { type AxeResults } from 'axe-core';

/**
 * Expects that axe finds nothing: by all its rules in the light theme, and by contrast in the dark one, which is all that a theme can change.
 * Looks at the elements of a selector, or at the open dialog, behind which all is inert, or else at the whole page. The page is left in
 * the dark theme. What is found is collected, so that one run tells all of it.
 */
export async function expectAccessible(page: Page, what: string, within?: string): Promise<void> {
	const where = within ?? ((await page.locator('dialog[open]').count()) > 0 ? 'dialog[open]' : undefined);
	await showIn(page, 'light');
	expect.soft(await findings(page, where), `${what}, in the light theme`).toEqual([]);
	await showIn(page, 'dark');
	expect.soft(await findings(page, where, ['color-contrast']), `${what}, in the dark theme`).toEqual([]);
}

/** Changes the theme, and waits until the page, which tells its editors, has drawn it. */
async function showIn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
	await page.emulateMedia({ colorScheme });
	await page.evaluate(async () => {
		const frame = () => new Promise(requestAnimationFrame);
		await frame();
		await frame();
	});
}

/**
 * Runs axe in the page's own frame alone. The frames of the sandbox hold no content and let no script in: to ask them takes a second each,
 * which is what the builder of `@axe-core/playwright` waits for an answer.
 */
async function findings(page: Page, within = 'html', rules?: string[]) {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
	const violations = await page.evaluate(
		async ([within, rules]) => {
			const run = (window as unknown as { axe: typeof axe }).axe.run;
			const { violations } = await run(within, {
				iframes: false,
				// Style sheets are fetched for one rule, about the way a screen is held, which none of them asks for.
				preload: false,
				resultTypes: ['violations'],
				...(rules && { runOnly: rules }),
			});
			return violations;
		},
		[within, rules] as const,
	);
	return violations.flatMap(readable);
}

/** One finding, as short as it can be told. */
const readable = ({ id, nodes }: AxeResults['violations'][number]) =>
	nodes.map(({ html, any, all, none }) => ({
		id,
		html: html.slice(0, 200),
		why: [...any, ...all, ...none]
			.map(({ message }) => message)
			.join(' ')
			.slice(0, 200),
	}));
