import digests from '../e2e/fixtures/starter-digests.json' with { type: 'json' };
import { starters } from '../src/author/starters';
import type { Session } from './drivers/session';
import { expect, openDeck, test } from './test';

// Without its way to suspend WebAssembly a browser plays a tool all the same: it runs again from its start when an answer has come.
// What builds them is a large WebAssembly module, which WebKit runs far slower in a browser that has played many sandboxes than in one of its own.
test.use({ ownBrowser: true });

async function playStarters(tab: Session, those: typeof starters) {
	for (const { id, wit, js, wat, policy, world, call } of those) {
		const sha256 = (digests as Record<string, string>)[id]!;
		const answer = await tab.evaluate(
			async ([id, source, sha256, policy, world, call]) => {
				await window.tapedeck.open({
					version: 1,
					components: [{ id, source: { author: source }, sha256, policy }],
					...(world && { world }),
				});
				const { content, isError } = await window.tapedeck.callTool(call.tool, call.arguments);
				return { isError, text: (content[0] as { text: string }).text };
			},
			[id, { wit, ...(js === undefined ? { wat } : { js }) }, sha256, policy, world, call] as const,
		);
		expect.soft(answer, id).toMatchObject({ isError: false });
	}
}

test('a tool that is written in the page has the same digest here, and does what its starter says', async ({
	tab,
	address,
}) => {
	await openDeck(tab, address('/deck/'));
	await playStarters(
		tab,
		starters.filter(({ id }) => id === 'read-file'),
	);
});

test(
	'every starter has the same digest here, and does what it says',
	{ tag: '@long' },
	async ({ tab, address }) => {
		test.setTimeout(180_000);
		await openDeck(tab, address('/deck/'));
		await playStarters(tab, starters);
	},
);
