import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const folder = join(import.meta.dirname, '../../static-components');
const json = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));

interface Call {
	tool: string;
	arguments: Record<string, unknown>;
	expect: { outcome: 'result' | 'err' | 'error'; text?: string };
}

for (const { name } of json('index.json') as { name: string }[]) {
	const { scenario } = json(name, 'sample.json');

	test(`the sample ${name} does what its scenario expects`, async ({ page }) => {
		await page.goto('./');
		await expect(page.getByTestId('tool-item').first()).toBeVisible();
		await page.evaluate((opened) => window.tapedeck.open(opened), scenario);
		for (const call of scenario.calls as Call[]) {
			const { isError, content } = await page.evaluate(
				({ tool, arguments: args }) => window.tapedeck.callTool(tool, args),
				call,
			);
			const text = content.map((item) => (item.type === 'text' ? item.text : '')).join('');
			expect(isError ?? false, text).toBe(call.expect.outcome === 'error');
			expect(text).toContain(call.expect.text ?? '');
		}
	});
}
