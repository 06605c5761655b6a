import { expect, test } from '@playwright/test';

/* A library that only asks whether it may make code from text has gone against the page's policy already. */

for (const path of ['./', './serve.html', './embed.html', './verify.html']) {
	test(`${path} goes against nothing in its own policy as it starts`, async ({ page }) => {
		await page.addInitScript(() => {
			const violations: string[] = [];
			Object.assign(window, { violations });
			document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
				violations.push(`${effectiveDirective} ${blockedURI}`),
			);
		});
		await page.goto(path);
		await page.waitForFunction(() => document.readyState === 'complete');
		const violations = () => page.evaluate(() => (window as unknown as { violations: string[] }).violations);
		expect(await violations()).toEqual([]);
		// One that is made is seen.
		await page.evaluate(() => {
			const script = document.createElement('script');
			script.textContent = '0';
			document.body.append(script);
		});
		await expect.poll(violations).toHaveLength(1);
	});
}
