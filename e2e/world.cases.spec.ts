import { expect } from '@playwright/test';
import type { CaseAnswer } from './harness/host-cases';
import { test } from './test';

/* The tables of the host, answered by the host's own code in a real browser. */

const wrong = (answers: readonly CaseAnswer[]) =>
	answers.filter(({ expected, answer }) => {
		const accepted = expected[0] === 'ok' ? ['ok', 'ok:true'] : expected.slice(0, 1);
		return !accepted.includes(answer);
	});

test.beforeEach(async ({ page }) => {
	await page.goto('../wall/host-cases.html');
	await page.waitForFunction(() => 'hostCases' in window);
});

test('the file system answers every case of its table', async ({ page }) => {
	const answers = await page.evaluate(() => window.hostCases.files());
	expect(answers.length).toBeGreaterThan(110);
	expect(wrong(answers)).toEqual([]);
});

test('every URL of the table is read, refused or put together as it says', async ({ page }) => {
	const answers = await page.evaluate(() => window.hostCases.urls());
	expect(answers.length).toBeGreaterThan(60);
	expect(wrong(answers)).toEqual([]);
});
