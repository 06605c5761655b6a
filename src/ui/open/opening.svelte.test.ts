import { describe, expect, test, vi } from 'vitest';
import { err, ok, type Result } from '../../core/result';
import type { Scenario } from '../../core/scenario';
import type { FollowOptions } from '../../deck/scenario';
import { Opening, type OpeningParts } from './opening.svelte';

vi.mock('../../deck/scenario', () => ({
	openScenario: async (_: unknown, scenario: Scenario, options: OpenOptions) => {
		const { fetchSource } = options;
		for (const { id, source, signer } of scenario.components) {
			// As the deck does it where a signature does not fit.
			if (signer && !options.insistsOn?.(id)) {
				options.onRefused?.(id);
				return err(`${id} was not loaded.`);
			}
			const bytes = await fetchSource(source, { id });
			if (!bytes.ok) return bytes;
		}
		return { ok: true, value: undefined };
	},
}));
type OpenOptions = Parameters<typeof import('../../deck/scenario').openScenario>[2];

const titled = (title: string, more: Partial<Scenario> = {}): Scenario => ({
	version: 1,
	title,
	components: [],
	...more,
});
const grants = (host: string) =>
	`version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "${host}"\n`;

function setUp(parts: Partial<OpeningParts> = {}) {
	const timers: (() => void)[] = [];
	const opened: Scenario[] = [];
	vi.stubGlobal('document', { baseURI: 'https://deck.example/' });
	vi.stubGlobal('location', { origin: 'https://deck.example' });
	const opening = new Opening({
		deck: { begin: () => 0 } as never,
		fetchSource: async () => err('not reached'),
		fetchText: async () => err('not reached'),
		knownBytes: async () => null,
		hasWork: () => false,
		beforeReplace: async () => {},
		onopened: async (scenario) => void opened.push(scenario),
		ondismissed: () => {},
		now: () => 0,
		later: (task) => timers.push(task),
		...parts,
	});
	const settle = () => timers.splice(0).forEach((task) => task());
	const ask = (scenario: Scenario) => opening.text(JSON.stringify(scenario));
	const shown = () => opening.question!.digest;
	return { opening, opened, settle, ask, shown };
}

describe('a press on Open', () => {
	test('opens what was shown with its digest, and nothing in the first second', async () => {
		const { opening, opened, settle, ask, shown } = setUp();
		await ask(titled('a'));
		await opening.open(shown(), 'open');
		expect(opened).toEqual([]);
		settle();
		await opening.open(shown(), 'open');
		expect(opened.map(({ title }) => title)).toEqual(['a']);
	});

	test('opens neither of two where one took the place of the other', async () => {
		const { opening, opened, settle, ask, shown } = setUp();
		await ask(titled('a'));
		settle();
		const digest = shown();
		await ask(titled('b'));
		expect(opening.consent.changed).toBe(true);
		await opening.open(digest, 'open');
		await opening.open(shown(), 'open');
		settle();
		// A press that was on its way to the first, when the second can already be agreed to.
		await opening.open(digest, 'open');
		expect(opened).toEqual([]);
		await opening.open(shown(), 'open');
		expect(opened.map(({ title }) => title)).toEqual(['b']);
	});

	test('cannot be met by a link that was asked for earlier and read later', async () => {
		const { opening, ask } = setUp();
		const first = ask(titled('a'));
		const second = ask(titled('b'));
		await Promise.all([first, second]);
		expect(opening.question).toMatchObject({ scenario: { title: 'b' } });
	});

	test('needs another one before it, where the own machine is reached', async () => {
		const { opening, opened, settle, ask, shown } = setUp();
		await ask(
			titled('a', {
				components: [{ id: 'x', source: { sample: 'files' }, policy: grants('127.0.0.1') }],
			}),
		);
		opening.confirmLocal(shown());
		expect(opening.localConfirmed).toBe(false);
		settle();
		await opening.open(shown(), 'open');
		opening.confirmLocal('another');
		expect([opened, opening.localConfirmed]).toEqual([[], false]);
		opening.confirmLocal(shown());
		await opening.open(shown(), 'open');
		expect([opening.localConfirmed, opening.step]).toEqual([true, null]);
		settle();
		void opening.open(shown(), 'open');
		expect(opening.step).toBe('Opening');
	});

	test('supplies no file to another scenario than the one it was picked for', async () => {
		const { opening, ask, shown } = setUp();
		const mine = { components: [{ id: 'x', source: { file: 'x.wasm' }, policy: null }] };
		await ask(titled('a', mine));
		const digest = shown();
		await ask(titled('b', mine));
		await opening.supply(digest, 'x', new File(['bytes'], 'x.wasm'));
		expect(opening.suppliedBy('x', null)).toBeNull();
	});
});

describe('a component whose signature does not fit', () => {
	const signed = (title: string) =>
		titled(title, {
			components: [{ id: 'x', source: { sample: 'files' }, policy: null, signer: { key: 'PEM' } }],
		});

	test('is opened once it was refused and a person insists on it, on the card that says so, and never before', async () => {
		const fetchSource = async () => ok(new Uint8Array());
		const { opening, opened, settle, ask, shown } = setUp({ fetchSource });
		await ask(signed('a'));
		settle();
		// Nobody can say it beforehand.
		opening.insist(shown(), 'x', true);
		await opening.open(shown(), 'open');
		expect([opened, opening.refused, opening.error]).toEqual([[], ['x'], 'x was not loaded.']);
		// Nor in the moment in which the refusal appears, nor of another card.
		opening.insist(shown(), 'x', true);
		expect(opening.insistsOn('x')).toBe(false);
		settle();
		opening.insist('another', 'x', true);
		opening.insist(shown(), 'y', true);
		expect([opening.insistsOn('x'), opening.insistsOn('y')]).toEqual([false, false]);
		opening.insist(shown(), 'x', true);
		settle();
		await opening.open(shown(), 'open');
		expect(opened.map(({ title }) => title)).toEqual(['a']);
	});

	test('is not insisted on in the next scenario', async () => {
		const { opening, opened, settle, ask, shown } = setUp();
		await ask(signed('a'));
		settle();
		await opening.open(shown(), 'open');
		settle();
		opening.insist(shown(), 'x', true);
		await ask(signed('b'));
		settle();
		expect([opening.refused, opening.insistsOn('x')]).toEqual([[], false]);
		await opening.open(shown(), 'open');
		expect(opened).toEqual([]);
	});
});

describe('a redirect of what is fetched for a person', () => {
	/** Fetches that end in a redirect unless one origin was named. */
	const redirecting =
		(value: string, asked: (readonly string[])[]) =>
		async (_: unknown, { origins = [], onRedirect }: FollowOptions): Promise<Result<never, string>> => {
			asked.push(origins);
			if (origins.includes('https://files.example')) return ok(value as never);
			onRedirect?.();
			return err('It redirects elsewhere.');
		};

	test('stops the fetch of a scenario, which is asked for again with the hosts that a person names', async () => {
		const asked: (readonly string[])[] = [];
		const text = JSON.stringify(titled('a'));
		const { opening, settle, shown } = setUp({ fetchText: redirecting(text, asked) });
		opening.address('https://a.example/x.json');
		await opening.fetch(shown());
		expect(asked).toEqual([]);
		settle();
		await opening.fetch(shown());
		expect([opening.redirected, opening.error]).toEqual([true, 'It redirects elsewhere.']);
		opening.allowOrigin('no host at all');
		expect(opening.origins).toEqual([]);
		opening.allowOrigin('files.example');
		await opening.fetch(shown());
		expect(asked).toEqual([[]]);
		settle();
		await opening.fetch(shown());
		expect(asked).toEqual([[], ['https://files.example']]);
		expect(opening.question).toMatchObject({ kind: 'open' });
		expect([opening.consent.changed, opening.origins]).toEqual([false, []]);
	});

	test('to the own network needs two presses again', async () => {
		const { opening, settle } = setUp();
		opening.address('https://a.example/x.json');
		settle();
		expect(opening.local).toEqual([]);
		opening.allowOrigin('http://192.168.0.1');
		expect([opening.local, opening.missing]).toEqual([['192.168.0.1'], expect.any(String)]);
	});

	test('stops the fetch of a component too', async () => {
		const asked: (readonly string[])[] = [];
		const { opening, opened, settle, ask, shown } = setUp({ fetchSource: redirecting('', asked) });
		await ask(
			titled('a', { components: [{ id: 'x', source: { url: 'https://a.example/x' }, policy: null }] }),
		);
		settle();
		await opening.open(shown(), 'open');
		expect([opening.redirected, opened]).toEqual([true, []]);
		opening.allowOrigin('https://files.example/some/path');
		settle();
		await opening.open(shown(), 'open');
		expect(opened.length).toBe(1);
	});
});
