import { expect, test as base, type Page } from '@playwright/test';
import { startSix, startSniffer } from './fixtures/redirects';
import { startWitness, type Witness } from './fixtures/witness';
import type { Fetched, Harness } from './harness/harness';

/* Live requests, as the broker's frame performs them: to the hosts that a policy grants, and no further. */

const test = base.extend<{ wall: Page; granted: Witness; other: Witness }>({
	wall: async ({ page }, use) => {
		await page.goto('../wall/');
		await page.waitForFunction(() => 'harness' in window);
		await use(page);
	},
	granted: async ({ other }, use) => {
		const witness = await startWitness((request, response) => {
			const [, status] = /^\/redirect-(\d+)/.exec(request.url ?? '') ?? [];
			const headers: Record<string, string> = {
				'access-control-allow-origin': '*',
				'access-control-allow-headers': 'x-mine, authorization',
				'access-control-expose-headers': 'x-yours',
				'x-yours': 'yes',
			};
			if (status) response.writeHead(Number(status), { ...headers, location: `${other.origin}/hop` }).end();
			else if (request.url === '/closed') response.writeHead(200, {}).end('closed');
			else response.writeHead(200, headers).end('open');
		});
		await use(witness);
		await witness.close();
	},
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
	other: async ({}, use) => {
		const witness = await startWitness();
		await use(witness);
		await witness.close();
	},
});

type Request = Parameters<Harness['fetch']>[0];

const fetchFrom = (page: Page, request: Request, hosts: readonly string[]): Promise<Fetched> =>
	page.evaluate<Fetched, readonly [Request, readonly string[]]>(
		([what, rules]) => window.harness.fetch(what, rules),
		[request, hosts],
	);

/** A rule without a scheme: beside http, a browser's policy cannot leave out https. */
const ruleFor = ({ host, port }: Witness) => `${host}:${port}`;

test.describe('a live request', () => {
	test('reaches a granted host, and carries nothing of the user or the site', async ({
		wall,
		granted,
		context,
	}) => {
		await context.addCookies([{ name: 'session', value: 'secret', url: granted.origin }]);
		const answer = await fetchFrom(
			wall,
			{
				url: `${granted.origin}/open?a=1#part`,
				headers: [
					['x-mine', '1'],
					['user-agent', 'guest/1'],
				],
			},
			[ruleFor(granted)],
		);
		expect(answer).toMatchObject({ status: 200, text: 'open', headers: { 'x-yours': 'yes' } });
		expect(answer).toMatchObject({ note: expect.stringContaining('user-agent') });
		const heard = granted.heard.find(({ what }) => what === 'GET /open?a=1')!;
		expect(heard.headers).toMatchObject({ 'x-mine': '1', origin: 'null' });
		expect(heard.headers).not.toHaveProperty('cookie');
		expect(heard.headers).not.toHaveProperty('referer');
	});

	for (const status of [301, 302, 303, 307, 308]) {
		test(`does not follow a ${status} to a host outside the policy`, async ({ wall, granted, other }) => {
			const url = `${granted.origin}/redirect-${status}`;
			expect(await fetchFrom(wall, { url }, [ruleFor(granted)])).toMatchObject({
				tag: 'HTTP-request-denied',
				cause: 'redirect',
			});
			await fetch(`${other.origin}/end`);
			expect(other.names()).toEqual(['end']);
			// The same redirect where the policy grants both ends.
			expect(await fetchFrom(wall, { url }, [ruleFor(granted), ruleFor(other)])).toMatchObject({
				text: 'heard',
			});
			expect(other.names()).toEqual(['end', 'hop']);
		});
	}

	test('follows no redirect where a policy says more than a browser can be told', async ({
		wall,
		granted,
		other,
	}) => {
		const hosts = [ruleFor(granted), ruleFor(other), '*'];
		const answer = await fetchFrom(wall, { url: `${granted.origin}/redirect-302` }, hosts);
		expect(answer).toMatchObject({ tag: 'HTTP-request-denied', cause: 'redirect' });
		await fetch(`${other.origin}/end`);
		expect(other.names()).toEqual(['end']);
	});

	test('is not sent over https where a rule names plain http', async ({ wall }) => {
		const both = await startSniffer();
		try {
			const url = `${both.origin}/to-tls`;
			expect(await fetchFrom(wall, { url }, [both.origin])).toMatchObject({
				tag: 'HTTP-request-denied',
				cause: 'redirect',
				detail: expect.stringContaining('a page cannot see before it is followed'),
			});
			expect(both.tls()).toBe(0);
			// The same redirect where both are granted comes.
			await fetchFrom(wall, { url }, [`127.0.0.1:${both.port}`]);
			expect(both.tls()).toBeGreaterThan(0);
		} finally {
			await both.close();
		}
	});

	test('that fails is explained by no request that could reach elsewhere', async ({ wall, other }) => {
		const six = await startSix(`${other.origin}/hop`);
		try {
			const rules = [`[::1]:${six.port}`];
			const answer = await fetchFrom(wall, { url: `${six.origin}/closed` }, rules);
			expect(answer).toMatchObject({ cause: 'unread', detail: expect.stringContaining('CORS') });
			expect(six.heard()).toEqual(['GET /closed']);
			await fetch(`${other.origin}/end`);
			expect(other.names()).toEqual(['end']);
		} finally {
			await six.close();
		}
	});

	test('never goes to the site itself', async ({ wall }) => {
		const { origin } = new URL(wall.url());
		expect(await fetchFrom(wall, { url: `${origin}/wall/runner.html` }, [origin])).toMatchObject({
			tag: 'HTTP-request-denied',
			cause: 'own-origin',
		});
	});

	test('tells a server that lets no page read from one that is not there', async ({
		wall,
		granted,
		other,
	}) => {
		expect(await fetchFrom(wall, { url: `${granted.origin}/closed` }, [ruleFor(granted)])).toMatchObject({
			tag: 'internal-error',
			cause: 'cors',
		});
		await other.close();
		expect(await fetchFrom(wall, { url: `${other.origin}/gone` }, [ruleFor(other)])).toMatchObject({
			tag: 'connection-refused',
			cause: 'unreachable',
		});
	});

	test('is not sent where a browser would silently leave out a header that matters', async ({
		wall,
		granted,
	}) => {
		const answer = await fetchFrom(wall, { url: `${granted.origin}/open`, headers: [['Cookie', 'a=b']] }, [
			ruleFor(granted),
		]);
		expect(answer).toMatchObject({ tag: 'internal-error', detail: expect.stringContaining('cookie') });
		expect(granted.heard).toEqual([]);
	});

	test('ends when the time to its first byte is over', async ({ wall }) => {
		const silent = await startWitness(() => {});
		try {
			const answer = await fetchFrom(
				wall,
				{
					url: `${silent.origin}/silent`,
					timeouts: { connectMs: null, firstByteMs: 200, betweenBytesMs: null },
				},
				[ruleFor(silent)],
			);
			expect(answer).toMatchObject({ tag: 'HTTP-response-timeout' });
		} finally {
			await silent.close();
		}
	});

	test('sends its body', async ({ wall, granted }) => {
		await wall.evaluate(
			([url, rule]) =>
				window.harness.fetch(
					{
						url: url!,
						method: 'POST',
						headers: [['content-length', '4']],
						body: new TextEncoder().encode('body'),
					},
					[rule!],
				),
			[`${granted.origin}/post`, ruleFor(granted)],
		);
		expect(granted.heard.find(({ what }) => what === 'POST /post')?.body).toBe('body');
	});
});

test('the broker does nothing as a page of its own', async ({ page }) => {
	await page.goto('../wall/broker.html');
	await expect(page.getByText('It does nothing on its own')).toBeVisible();
});
