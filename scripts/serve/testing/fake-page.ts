import { AgentCalls } from '../../../src/mcp/agent/agent-calls';
import type { AgentSide } from '../../../src/mcp/agent/agent-side';
import { connectAgent, type AgentConnection } from '../../../src/mcp/agent/connect-agent';
import type { FakeDeck } from '../../../src/mcp/testing/fake-deck';

/** What a page that serves does, without a browser. */
export function fakePage(
	deck: FakeDeck,
	send: (connection: string, text: string) => void,
	agent: Partial<AgentSide> = {},
) {
	const agents = new Map<string, AgentConnection>();
	const heard: string[] = [];
	return {
		heard,
		agents,
		connect: async (connection: string) => {
			agents.set(
				connection,
				await connectAgent(deck, {
					...{ version: '1', registry: [], wallNow: () => 0, now: () => 0, onMessage: () => {} },
					// At once: nothing here waits for a clock.
					later: (run: () => void) => (queueMicrotask(run), () => {}),
					loadFrom: async () => ({ ok: false, error: 'nothing to load' }),
					agent: { askPerson: null, calls: new AgentCalls(), ...agent },
					send: (text) => send(connection, text),
				}),
			);
		},
		receive: async (connection: string, text: string) => {
			heard.push(text);
			agents.get(connection)?.receive(text);
		},
		disconnect: async (connection: string) => {
			const agent = agents.get(connection);
			agents.delete(connection);
			await agent?.close();
		},
	};
}
