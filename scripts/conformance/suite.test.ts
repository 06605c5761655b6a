import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeTool, FakeDeck, returned, type Behaviour } from '../../src/mcp/testing/fake-deck';
import { listen } from '../serve/http.mjs';
import { fakePage } from '../serve/testing/fake-page';
import { openDoor, runSuite, whyNotApplicable } from './suite.mjs';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What the suite asks for by name, as far as a component could have it. */
const tools: Record<string, Behaviour> = {
	test_simple_text: () => returned('This is a simple text response for testing.'),
	test_error_handling: () => ({ status: 'trapped', message: 'This tool intentionally returns an error' }),
	test_tool_with_logging: async ({ output }) => {
		for (const line of ['started', 'processing', 'completed']) {
			output('stdout', `${line}\n`);
			await turn();
		}
		return returned('done');
	},
	test_tool_with_progress: async ({ request }) => {
		for (const path of ['a', 'b', 'c']) {
			request(`https://a.example/${path}`, 'allow');
			await turn();
		}
		return returned('done');
	},
};

let server: Awaited<ReturnType<typeof listen>>;
let door: Awaited<ReturnType<typeof openDoor>>;
beforeEach(async () => {
	const deck = new FakeDeck();
	// A release declares tools alone.
	deck.engine = 'documented';
	for (const [name, behaviour] of Object.entries(tools)) deck.add(name, [fakeTool(name)], behaviour);
	const page = fakePage(deck, (connection, text) => server.send(connection, text));
	server = await listen({ port: 0, page });
	door = await openDoor(server);
});
afterEach(async () => {
	door.close();
	await server.close();
});

// All of it is run by `npm run conformance`, against the command itself.
test.each([
	['2025-11-25', 'tools-call-with-logging'],
	['2026-07-28', 'server-stateless'],
])('what %s requires is met: %s', { timeout: 60_000 }, async (revision, scenario) => {
	expect(whyNotApplicable(scenario)).toBeNull();
	expect(await runSuite(door.address, revision, scenario)).toEqual([
		{ scenario, passed: expect.toSatisfy((passed: number) => passed > 0), failed: [] },
	]);
});
