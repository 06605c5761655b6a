import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../src/core/scenario';
import { expect, openDeck, test } from './test';

const folder = join(import.meta.dirname, '../static-components');
const json = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8')) as unknown;

for (const { name } of json('index.json') as { name: string }[]) {
	const { scenario } = json(name, 'sample.json') as { scenario: Scenario };

	test(`the sample ${name} does what its scenario expects`, async ({ tab, address }) => {
		await openDeck(tab, address('/deck/'));
		const results = await tab.evaluate(async (opened) => {
			await window.tapedeck.open(opened);
			const answers = [];
			for (const { tool, arguments: args } of opened.calls ?? [])
				answers.push(await window.tapedeck.callTool(tool, args));
			return answers;
		}, scenario);
		const calls = scenario.calls ?? [];
		expect(results.length).toBe(calls.length);
		for (const [index, { isError, content }] of results.entries()) {
			const { expect: wanted } = calls[index]!;
			const text = content.map((item) => (item.type === 'text' ? item.text : '')).join('');
			expect(isError ?? false, text).toBe(wanted?.outcome === 'error');
			expect(text).toContain(wanted?.text ?? '');
		}
	});
}
