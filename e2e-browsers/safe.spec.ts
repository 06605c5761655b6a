import { component } from '../e2e/page';
import { echoers, echoes, echoPolicy, everythingKept, found, secret } from '../e2e/fixtures/echoed-secret';
import { endlessPatterns, instancesOf, memoryPolicy } from '../e2e/fixtures/instances';
import { decodeLink } from '../src/core/scenario/decode-link';
import { expect, openDeck, test } from './test';

/* Secrets and limits, as in Chromium (e2e/secrets.spec.ts, e2e/world.limits.spec.ts). */

const source = (bytes: Uint8Array) => ({ bytes: Buffer.from(bytes).toString('base64url') });

test('a secret that guests echo is in no link, no scenario, and in nothing that the browser keeps', async ({
	tab,
	address,
}) => {
	await openDeck(tab, address('/deck/').replace('127.0.0.1', 'localhost'));
	const seen = await tab.evaluate(
		async ({ scenario, value, calls }) => {
			await window.tapedeck.open(scenario);
			const until = <T>(what: () => T | null | undefined) =>
				new Promise<T>((resolve) => {
					const look = () => {
						const there = what();
						if (!there) return;
						watch.disconnect();
						resolve(there);
					};
					const watch = new MutationObserver(look);
					watch.observe(document, { subtree: true, childList: true, attributes: true });
					look();
				});
			const tab = await until(() =>
				[...document.querySelectorAll<HTMLElement>('[role=tab]')].find(
					({ textContent }) => textContent?.trim().startsWith('Variables') ?? false,
				),
			);
			tab.click();
			const field = await until(() =>
				document.querySelector<HTMLInputElement>('[aria-label="Value of ECHOED"]'),
			);
			field.value = value;
			field.dispatchEvent(new Event('input', { bubbles: true }));
			field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
			// The control: the guest does have it.
			const control = await window.tapedeck.callTool('variables', {});
			for (const [tool, args] of calls) await window.tapedeck.callTool(tool, args);
			document.dispatchEvent(new Event('visibilitychange'));
			return {
				control: JSON.stringify(control.structuredContent),
				link: await window.tapedeck.link(),
				scenario: JSON.stringify(window.tapedeck.scenario()),
			};
		},
		{
			scenario: {
				version: 1 as const,
				components: echoers.map((id) => ({ id, source: source(component(id)), policy: echoPolicy })),
				world: {
					variables: { ECHOED: { secret: true as const } },
					files: { '/data/': { directory: true as const } },
				},
			},
			value: secret,
			calls: echoes,
		},
	);
	expect(found(seen.control).length).toBeGreaterThan(0);
	await expect
		.poll(async () => (await tab.evaluate(everythingKept)).includes('echo.txt'), 'the session is kept')
		.toBe(true);
	const outputs = {
		scenario: seen.scenario,
		link: JSON.stringify(await decodeLink(new URL(seen.link).hash)),
		kept: await tab.evaluate(everythingKept),
	};
	for (const [what, text] of Object.entries(outputs)) expect(found(text), what).toEqual([]);
	expect(seen.scenario).toContain('[secret ECHOED]');
});

test('a policy’s memory bounds all instances together, and patterns of strangers cost no time', async ({
	tab,
	address,
}) => {
	await openDeck(tab, address('/deck/'));
	const ended = (scenario: object, tool: string, args: Record<string, unknown>) =>
		tab.evaluate(
			async (given) => {
				await window.tapedeck.open(given.scenario as never);
				return JSON.stringify(await window.tapedeck.callTool(given.tool, given.args));
			},
			{ scenario, tool, args },
		);
	for (const [pages, instances] of [
		[200, 2],
		[400, 8],
		[400, 40],
	] as const) {
		const own = { id: 'own', source: source(await instancesOf(pages, instances)), policy: memoryPolicy };
		const text = await ended({ version: 1, components: [own] }, 'f', {});
		if (instances === 2) expect(text).toContain('"text":"7"');
		else expect(text).toContain(`needs ${25 * instances} MiB of memory to start`);
	}
	const scenario = {
		version: 1,
		engine: 'documented',
		components: [{ id: 'fetch', source: source(component('fetch')), policy: echoPolicy }],
		world: { network: 'routes', routes: endlessPatterns.map((url) => ({ url, body: 'matched' })) },
	};
	const text = await ended(scenario, 'fetch', { url: `https://a.example/${'a'.repeat(4000)}` });
	expect(text).not.toContain('matched');
});
