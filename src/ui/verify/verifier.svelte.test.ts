import { describe, expect, test, vi } from 'vitest';
import { otherSession, stillDeck } from '../../deck/testing/still-deck';
import type { CallSettled } from '../../mcp/client';
import { Verifier } from './verifier.svelte';

async function rig() {
	const deck = await stillDeck();
	deck.setNotes({ calls: [{ tool: 'run', arguments: {} }] });
	const made: string[] = [];
	let end = () => {};
	const client = {
		tools: [],
		callTool: (name: string) => {
			made.push(name);
			return new Promise<CallSettled>((resolve) => {
				end = () =>
					resolve({
						status: 'result',
						result: { content: [] },
						check: null,
						rpcId: 1,
					} as unknown as CallSettled);
			});
		},
	};
	const verifier = new Verifier({ deck, client, now: () => 0 });
	return { deck, made, verifier, end: () => end() };
}

describe('a verdict', () => {
	test('is of its own session, and gone with it', async () => {
		const { deck, made, verifier, end } = await rig();
		const running = verifier.run();
		await vi.waitFor(() => expect(made).toEqual(['run']));
		end();
		await running;
		expect(verifier.steps).toHaveLength(1);
		deck.replace(otherSession);
		expect({ verdict: verifier.verdict, steps: verifier.steps }).toEqual({ verdict: null, steps: [] });
		verifier.expectThis();
		expect(deck.notes).toEqual({ calls: [] });
	});

	test('is not reached where the session is replaced meanwhile: no call is made in the one that comes', async () => {
		const { deck, made, verifier, end } = await rig();
		deck.setNotes({
			calls: [
				{ tool: 'run', arguments: {} },
				{ tool: 'run', arguments: {} },
			],
		});
		const files = new Map(deck.world.files);
		const running = verifier.run();
		await vi.waitFor(() => expect(made).toEqual(['run']));
		const components = [...deck.components];
		deck.replace({ ...otherSession, components });
		end();
		await running;
		expect(made).toEqual(['run']);
		expect({ verdict: verifier.verdict, steps: verifier.steps }).toEqual({ verdict: null, steps: [] });
		expect(deck.world.files).toEqual(files);
	});
});
