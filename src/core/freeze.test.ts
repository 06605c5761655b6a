import { createOutlet } from './outlet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freezeWorld, isFrozen, patternFor, type FreezeOptions, type MetResponse } from './freeze';
import { matchRoute } from './routes';
import { describeWorld, worldOf } from './scenario/world';
import { emptyWorld, type World } from './world';
import { runs } from './testing/runs';

const bytes = (text: string) => new TextEncoder().encode(text);
const answer = (url: string, text: string, rest: Partial<MetResponse> = {}): MetResponse => ({
	method: 'GET',
	url,
	status: 200,
	headers: [['content-type', 'text/plain']],
	body: bytes(text),
	...rest,
});
const outletOf = ({ variables }: World) =>
	createOutlet([...variables].flatMap(([key, { value, secret }]) => (secret ? [{ key, value }] : [])));
const freeze = (world: Partial<World> = {}, options: Partial<FreezeOptions> = {}) => {
	const whole = { ...emptyWorld, ...world };
	const start = '2023-11-14T22:13:20.123Z';
	return freezeWorld(whole, {
		files: whole.files,
		met: [],
		outlet: outletOf(whole),
		start,
		timeOf: Date.parse,
		seed: 's',
		...options,
	});
};

describe('freezing a world', () => {
	test('fixes what is live, and leaves nothing live', () => {
		const { world } = freeze();
		expect(world.clock).toEqual({ start: '2023-11-14T22:13:20.123Z' });
		expect(world.random).toEqual({ seed: 's' });
		expect(world.network).toBe('routes');
		expect(isFrozen(world)).toBe(true);
		expect(isFrozen(emptyWorld)).toBe(false);
	});

	test('keeps what was fixed already', () => {
		const fixed = { clock: { start: '2020-01-01T00:00:00Z' }, random: { seed: 'mine' } } as const;
		expect(freeze(fixed).world).toMatchObject(fixed);
	});

	test('turns the responses that were met into routes', () => {
		const { world, remarks } = freeze(
			{},
			{
				met: [
					answer('https://a.example/x', 'plain'),
					answer('https://a.example/x?q=1', 'query', { status: 404 }),
					answer('https://a.example/x', 'posted', { method: 'POST', headers: [] }),
					answer('https://b.example/', '', { failure: 'connection-refused' }),
					answer('https://b.example/bin', '', { body: Uint8Array.of(0xff, 0) }),
				],
			},
		);
		const found = (method: string, url: string) => matchRoute(world.routes, method, url);
		expect(found('GET', 'https://a.example/x')).toMatchObject({ body: 'plain' });
		expect(found('GET', 'https://a.example/x?q=1')).toMatchObject({ body: 'query', status: 404 });
		expect(found('POST', 'https://a.example/x')).toMatchObject({ body: 'posted' });
		expect(found('GET', 'https://b.example/')).toMatchObject({ failure: 'connection-refused' });
		expect(found('GET', 'https://b.example/bin')).toMatchObject({ body: { base64: '/wA=' } });
		expect(found('GET', 'https://c.example/')).toBeNull();
		expect(remarks).toEqual([]);
	});

	test('says what it could not carry over', () => {
		const { remarks, world } = freeze(
			{},
			{
				met: [
					answer('https://a.example/', 'one'),
					answer('https://a.example/', 'two'),
					answer('https://b.example/', '', { body: null }),
					answer(`https://b.example/${'c'.repeat(9000)}`, 'unsayable'),
				],
			},
		);
		expect(remarks).toEqual([
			expect.stringContaining('GET https://a.example/ was answered in more than one way'),
			expect.stringContaining('GET https://b.example/ was too large'),
			expect.stringContaining('No URL pattern says https://b.example/ccc'),
		]);
		expect(world.routes).toMatchObject([{ body: 'one' }]);
	});

	test('puts what the live network answered before routes that were not asked, and after those that were', () => {
		const route = { url: 'https://*/*', body: 'mine' };
		const met = [answer('https://a.example/', 'met')];
		const served = (network: World['network']) =>
			matchRoute(freeze({ network, routes: [route] }, { met }).world.routes, 'GET', 'https://a.example/')
				?.body;
		expect(served('live')).toBe('met');
		expect(served('routes-then-live')).toBe('mine');
	});

	test('gives no secret away', () => {
		const variables = new Map([['KEY', { value: 'hunter/2', secret: true }]]);
		const { world } = freeze(
			{ variables },
			{
				met: [
					answer('https://a.example/x?key=hunter%2F2&n=1', 'you sent hunter/2', {
						headers: [['x-key', 'hunter/2']],
					}),
				],
			},
		);
		expect(JSON.stringify(describeWorld(world))).not.toMatch(/hunter/);
		expect(matchRoute(world.routes, 'GET', 'https://a.example/x?key=other&n=1')?.body).toBe(
			'you sent [secret KEY]',
		);
		expect(world.variables).toBe(variables);
	});

	test('gives its owner the very world that a reader of its description gets', () => {
		const files = worldOf({ files: { '/a/b': 'x', '/c': { symlink: 'a' } } }, 5).files;
		const { world } = freeze({ files }, { files });
		const read = worldOf(describeWorld(world), 1_700_000_000_123);
		expect({ ...read, files: [...read.files] }).toEqual({ ...world, files: [...world.files] });
	});
});

describe('the pattern for a URL', () => {
	test('matches it', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (path, query) => {
				const url = new URL('https://a.example/');
				url.pathname = `/x${path}`;
				url.search = query;
				const { href } = url;
				expect(matchRoute([{ url: patternFor(href) }], 'GET', href)).not.toBeNull();
			}),
			// Patterns are slow to compile.
			{ numRuns: runs(25) },
		);
	});

	test.each([
		['http://[::1]:8080/a:b', 'http://[::1]:8080/a:c'],
		['https://a.example/*?x=(1)', 'https://a.example/b?x=(1)'],
		['https://a.example/x?a=*', 'https://a.example/x?a=b'],
		['https://a.example/{x}+', 'https://a.example/x'],
	])('%s does not match %s', (url, other) => {
		const routes = [{ url: patternFor(url) }];
		expect(matchRoute(routes, 'GET', new URL(url).href)).not.toBeNull();
		expect(matchRoute(routes, 'GET', new URL(other).href)).toBeNull();
	});
});
