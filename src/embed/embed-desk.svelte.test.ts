import { describe, expect, test, vi } from 'vitest';
import { err, ok } from '../core/result';
import type { Scenario } from '../core/scenario';
import type { FollowOptions } from '../deck/scenario';
import { EmbedDesk, type FoundScenario } from './embed-desk.svelte';

const scenario = (title: string): Scenario => ({ version: 1, title, components: [] });

function setUp(local: readonly string[] = []) {
	const timers: (() => void)[] = [];
	const open = vi.fn(async () => ok(undefined));
	const desk = new EmbedDesk({
		open,
		fetchScenario: async (address) => ok(scenario(address)),
		localOf: () => [...local],
		later: (task) => timers.push(task),
	});
	return { desk, open, settle: () => timers.splice(0).forEach((task) => task()) };
}

describe('what an embedded page offers', () => {
	test('is carried out once the person agrees, and not before', async () => {
		const { desk, open, settle } = setUp();
		desk.offerScenario(scenario('a'), null);
		settle();
		expect(open).not.toHaveBeenCalled();
		expect(await desk.accept(desk.offer!)).toBe(true);
		expect(open).toHaveBeenCalledExactlyOnceWith(scenario('a'), expect.anything());
		expect(desk.offer).toBeNull();
	});

	test('cannot be agreed to in the moment in which it appears', async () => {
		const { desk, open } = setUp();
		desk.offerScenario(scenario('a'), null);
		expect(desk.armed).toBe(false);
		expect(await desk.accept(desk.offer!)).toBe(false);
		expect(open).not.toHaveBeenCalled();
	});

	test('is not what was agreed to where another one took its place', async () => {
		const { desk, open, settle } = setUp();
		desk.offerScenario(scenario('harmless'), null);
		settle();
		const shown = desk.offer!;
		const second = desk.propose({ kind: 'access', origin: 'https://a.example' }, async () => {});
		expect(desk.armed).toBe(false);
		expect(await desk.accept(shown)).toBe(false);
		expect(open).not.toHaveBeenCalled();
		desk.refuse(desk.offer!);
		await expect(second).rejects.toThrow('refused');
	});

	test('tells whoever proposed it that another took its place', async () => {
		const { desk } = setUp();
		const first = desk.propose({ kind: 'access', origin: 'https://a.example' }, async () => {});
		desk.offerScenario(scenario('b'), null);
		await expect(first).rejects.toThrow('took its place');
	});

	test('says what went wrong', async () => {
		const { desk, settle } = setUp();
		const proposed = desk.propose({ kind: 'engine', origin: 'https://a.example', engine: 'x' }, async () => {
			throw new Error('There is no such engine.');
		});
		proposed.catch(() => {});
		settle();
		expect(await desk.accept(desk.offer!)).toBe(false);
		expect(desk.problem).toBe('There is no such engine.');
		expect(desk.busy).toBeNull();
	});

	test('is fetched from an address only when asked to', async () => {
		const { desk, settle } = setUp();
		desk.offerAddress('https://a.example/x');
		expect(desk.offer).toMatchObject({ kind: 'fetch' });
		expect(await desk.accept(desk.offer!)).toBe(false);
		settle();
		expect(await desk.accept(desk.offer!)).toBe(true);
		expect(desk.offer).toMatchObject({ kind: 'found', from: 'https://a.example/x' });
		expect(desk.consent.changed).toBe(false);
	});

	test('says that it changed where another one took its place', () => {
		const { desk } = setUp();
		desk.offerScenario(scenario('harmless'), null);
		expect(desk.consent.changed).toBe(false);
		desk.offerScenario(scenario('other'), null);
		expect(desk.consent.changed).toBe(true);
	});

	test('takes two presses, a second apart, where it reaches the own machine', async () => {
		const { desk, open, settle } = setUp(['127.0.0.1']);
		desk.offerScenario(scenario('a'), null);
		desk.confirmLocal(desk.offer!);
		settle();
		expect([desk.localConfirmed, desk.armed]).toEqual([false, false]);
		expect(await desk.accept(desk.offer!)).toBe(false);
		desk.confirmLocal(desk.offer!);
		expect(await desk.accept(desk.offer!)).toBe(false);
		expect(open).not.toHaveBeenCalled();
		settle();
		expect(await desk.accept(desk.offer!)).toBe(true);
	});

	test('is not agreed to while nobody can see it', async () => {
		const { desk, settle } = setUp();
		desk.offerScenario(scenario('a'), null);
		desk.consent.see('It is covered.');
		settle();
		expect(await desk.accept(desk.offer!)).toBe(false);
		desk.consent.see(null);
		settle();
		expect(await desk.accept(desk.offer!)).toBe(true);
	});

	test('asks again after a redirect, with the hosts that a person names', async () => {
		const { desk, settle, open } = setUp();
		open.mockImplementationOnce((async (_: Scenario, { onRedirect }: FollowOptions) => {
			onRedirect?.();
			return err('It redirects elsewhere.');
		}) as never);
		desk.offerScenario(scenario('a'), null);
		settle();
		expect(await desk.accept(desk.offer!)).toBe(false);
		const again = desk.offer as FoundScenario;
		expect([again.redirected, desk.problem]).toEqual([true, 'It redirects elsewhere.']);
		desk.allowOrigin(again, 'files.example');
		expect(await desk.accept(desk.offer!)).toBe(false);
		settle();
		expect(await desk.accept(desk.offer!)).toBe(true);
		expect(open).toHaveBeenLastCalledWith(
			scenario('a'),
			expect.objectContaining({ origins: ['https://files.example'] }),
		);
	});
});
