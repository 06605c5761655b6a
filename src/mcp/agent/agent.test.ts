import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ElicitRequestSchema, type CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { CfWorkerJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/cfworker';
import { describe, expect, test } from 'vitest';
import { builtinDefinitions, type BuiltinName } from '../builtin-definitions';
import { createLink } from '../link';
import { createMcpServer } from '../server';
import { fakeTool, FakeDeck, returned, type Behaviour } from '../testing/fake-deck';
import { AgentCalls } from './agent-calls';
import type { AgentSide } from './agent-side';

interface Program {
	readonly agent?: Partial<AgentSide>;
	/** How the agent's program answers what it is asked to ask; undefined where it cannot. */
	readonly elicits?: 'accept' | 'decline' | 'cancel';
	readonly behaviour?: Behaviour;
}

async function serveAgent({ agent = {}, elicits, behaviour }: Program = {}) {
	const deck = new FakeDeck();
	deck.add('echo', [fakeTool('echo')], behaviour);
	const loaded: string[] = [];
	const calls = new AgentCalls();
	const link = createLink({ now: () => 0 });
	const server = createMcpServer(deck, {
		version: '1.2.3',
		loadFrom: async (path) => {
			loaded.push(path);
			return { ok: false, error: 'nothing to load' };
		},
		registry: [],
		wallNow: () => 0,
		agent: { askPerson: null, calls, ...agent },
	});
	await server.connect(link.server);
	const client = new Client(
		{ name: 'program', version: '1' },
		{
			capabilities: elicits ? { elicitation: {} } : {},
			jsonSchemaValidator: new CfWorkerJsonSchemaValidator(),
		},
	);
	const asked: string[] = [];
	if (elicits)
		client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
			asked.push(params.message);
			return { action: elicits, ...(elicits === 'accept' && { content: {} }) };
		});
	await client.connect(link.client);
	const call = async (name: string, args: Record<string, unknown> = {}) =>
		(await client.callTool({ name, arguments: args })) as CallToolResult;
	return { deck, client, calls, call, loaded, asked };
}

/** Arguments under which each built-in tool would change something. */
const changing: { readonly [name in BuiltinName]?: Record<string, unknown> } = {
	'load-component': { path: 'sample:fetch' },
	'unload-component': { id: 'echo' },
	'grant-storage-permission': { component_id: 'echo', details: { uri: 'fs:///data', access: ['read'] } },
	'grant-network-permission': { component_id: 'echo', details: { host: 'a.test' } },
	'grant-environment-variable-permission': { component_id: 'echo', details: { key: 'KEY' } },
	'revoke-storage-permission': { component_id: 'echo', details: { uri: 'fs:///data' } },
	'revoke-network-permission': { component_id: 'echo', details: { host: 'a.test' } },
	'revoke-environment-variable-permission': { component_id: 'echo', details: { key: 'KEY' } },
	'reset-permission': { component_id: 'echo' },
};
const harmless = ['list-components', 'get-policy', 'search-components'];
const policy = 'version: "1.0"\npermissions: {}\n';
const textOf = ({ content }: CallToolResult) =>
	content.map((item) => (item.type === 'text' ? item.text : '')).join('\n');

describe('what an agent asks of the session itself', () => {
	test('is every built-in tool but those that only tell', () => {
		const names = builtinDefinitions.map(({ name }) => name);
		expect([...Object.keys(changing), ...harmless].sort()).toEqual([...names].sort());
	});

	test.each(Object.entries(changing))('is refused where nobody can be asked: %s', async (name, args) => {
		const { deck, call, loaded } = await serveAgent();
		deck.setPolicy('echo', policy);
		const result = await call(name, args);
		expect(result.isError).toBe(true);
		expect(textOf(result)).toContain('--headed');
		expect(deck.components.map(({ id, policy }) => [id, policy])).toEqual([['echo', policy]]);
		expect(loaded).toEqual([]);
	});

	test.each(Object.entries(changing))(
		'is refused where the person at the page refuses: %s',
		async (name, args) => {
			const questions: string[] = [];
			const { deck, call, loaded, asked } = await serveAgent({
				elicits: 'accept',
				agent: {
					askPerson: async ({ who, tool }) => {
						questions.push(`${who} ${tool}`);
						return 'refused';
					},
				},
			});
			deck.setPolicy('echo', policy);
			expect((await call(name, args)).isError).toBe(true);
			expect(questions).toEqual([`program ${name}`]);
			// The page is shown: its person decides, and a program that would agree to everything is not asked.
			expect(asked).toEqual([]);
			expect(deck.components.map(({ id, policy }) => [id, policy])).toEqual([['echo', policy]]);
			expect(loaded).toEqual([]);
		},
	);

	test.each(Object.entries(changing))('is done once a person allows it: %s', async (name, args) => {
		const { deck, call, loaded } = await serveAgent({ agent: { askPerson: async () => 'allowed' } });
		deck.setPolicy('echo', policy);
		const result = await call(name, args);
		if (name === 'load-component') expect(loaded).toEqual(['sample:fetch']);
		else expect(result.isError).not.toBe(true);
		if (name.startsWith('grant')) expect(deck.components[0]!.policy).not.toBe(policy);
	});

	test.each(harmless)('asks nobody where it only tells: %s', async (name) => {
		const { call } = await serveAgent({
			agent: {
				askPerson: () => {
					throw new Error('asked');
				},
			},
		});
		expect((await call(name, { component_id: 'echo' })).isError).not.toBe(true);
	});

	test.each([
		['accept', false],
		['decline', true],
		['cancel', true],
	] as const)(
		'goes to the person at the program where the page is not shown: %s',
		async (elicits, refused) => {
			const { deck, call, asked } = await serveAgent({ elicits });
			deck.setPolicy('echo', policy);
			const details = { host: 'a.test\u202e' };
			const result = await call('grant-network-permission', { component_id: 'echo', details });
			expect(asked).toEqual(['Let the component echo send requests to a.test\\u{202e}. Allow it?']);
			expect(result.isError ?? false).toBe(refused);
			expect(deck.components[0]!.policy === policy).toBe(refused);
		},
	);
});

describe('a call of an agent', () => {
	test('tells what was denied, and what to ask the person for', async () => {
		const denied: Behaviour = ({ request }) => {
			request('https://a.test/x', 'deny');
			return { status: 'trapped', message: 'wasm trap: unreachable' };
		};
		const { deck, call } = await serveAgent({
			behaviour: denied,
			agent: { askPerson: async () => 'refused' },
		});
		Object.defineProperty(deck, 'world', { value: { files: new Map(), variables: new Map() } });
		const told = textOf(await call('echo', { text: 'x' }));
		expect(told).toContain('Denied to reach a.test over https');
		expect(told).toContain(
			'call grant-network-permission with {"component_id":"echo","details":{"host":"https://a.test"}}',
		);
	});

	test('that went well is answered as anybody’s', async () => {
		const { call } = await serveAgent({ behaviour: () => returned('fine') });
		expect((await call('echo', { text: 'x' })).content).toEqual([{ type: 'text', text: 'fine' }]);
	});

	test('is stopped by a person, and says so', async () => {
		let began: () => void;
		const running = new Promise<void>((resolve) => (began = resolve));
		const { calls, call } = await serveAgent({
			behaviour: ({ signal }) =>
				new Promise((resolve) => {
					signal.addEventListener('abort', () => resolve({ status: 'stopped' }));
					began();
				}),
		});
		const answer = call('echo', { text: 'x' });
		await running;
		expect(calls.stop(1)).toBe(true);
		const result = await answer;
		expect(result.isError).toBe(true);
		expect(textOf(result)).toContain('A person who watches stopped this call.');
		expect(calls.stop(1)).toBe(false);
	});

	test('is played amid what belongs around it', async () => {
		const order: string[] = [];
		const { call } = await serveAgent({
			behaviour: () => {
				order.push('played');
				return returned('fine');
			},
			agent: {
				around: async (play) => {
					order.push('before');
					const end = await play();
					order.push('after');
					return { end, notes: ['A remark.'] };
				},
			},
		});
		expect(textOf(await call('echo', { text: 'x' }))).toBe('fine\nA remark.');
		expect(order).toEqual(['before', 'played', 'after']);
	});
});
