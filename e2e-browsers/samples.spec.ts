import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../src/core/scenario';
import type { Session } from './drivers/session';
import { expect, openDeck, test as base } from './test';

/** The page is opened once: each sample replaces the one before it. */
const test = base.extend<object, { deck: Session }>({
	deck: [
		async ({ session }, use, { project }) => {
			await openDeck(session, `${project.use.baseURL}deck/`);
			await use(session);
		},
		{ scope: 'worker', timeout: 60_000 },
	],
});

const folder = join(import.meta.dirname, '../static-components');
const json = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8')) as unknown;

for (const { name } of json('index.json') as { name: string }[]) {
	const { scenario } = json(name, 'sample.json') as { scenario: Scenario };

	test(`the sample ${name} does what its scenario expects`, async ({ deck }) => {
		const results = await deck.evaluate(async (opened) => {
			await window.tapedeck.open(opened);
			const answers = [];
			for (const { tool, arguments: args } of opened.calls ?? [])
				answers.push(await window.tapedeck.callTool(tool, args));
			return answers;
		}, scenario);
		const calls = scenario.calls ?? [];
		const suspends = await deck.evaluate(() => 'Suspending' in WebAssembly, null);
		// A component waits for one that it is linked to, which only a suspended one can.
		const cannotRun = !suspends && scenario.components.some(({ links }) => links);
		expect(results.length).toBe(calls.length);
		for (const [index, { isError, content }] of results.entries()) {
			const { expect: wanted } = calls[index]!;
			const text = content.map((item) => (item.type === 'text' ? item.text : '')).join('');
			expect(isError ?? false, text).toBe(cannotRun || wanted?.outcome === 'error');
			expect(text).toContain(cannotRun ? 'cannot suspend WebAssembly' : (wanted?.text ?? ''));
		}
	});
}
