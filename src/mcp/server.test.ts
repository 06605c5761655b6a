import { describe, expect, test } from 'vitest';
import { printJson } from '../core/json';
import { keepWritten } from '../core/written-json';
import { fakeTool, returned, FakeDeck, type Behaviour } from './testing/fake-deck';
import { openSession } from './testing/session';

const call = async (behaviour: Behaviour, engine = '0.8.1', tool = fakeTool('echo')) => {
	const deck = new FakeDeck();
	deck.engine = engine;
	deck.add('echo', [tool], behaviour);
	const session = await openSession(deck);
	const settled = await session.client.callTool('echo', { text: 'x' });
	return settled.status === 'result' ? settled.result : settled;
};

const text = (words: string) => [{ type: 'text', text: words }];

describe('the MCP server', () => {
	test('introduces itself with its capabilities and instructions', async () => {
		const deck = new FakeDeck();
		deck.engine = 'documented';
		const { client } = await openSession(deck);
		expect(client.server).toMatchObject({ name: 'tapedeck', version: '1.2.3' });
		expect(client.server.capabilities).toEqual({
			tools: { listChanged: true },
			prompts: {},
			resources: {},
			logging: {},
		});
		expect(client.server.instructions).toContain('grant-network-permission');
	});

	test('lists the tools of components first, then the built-in ones, all on one page', async () => {
		const deck = new FakeDeck();
		deck.add('b', [fakeTool('second'), fakeTool('first')]);
		deck.add('a', [fakeTool('third')]);
		const { client } = await openSession(deck);
		expect(client.tools.map(({ name }) => name)).toEqual([
			'second',
			'first',
			'third',
			'load-component',
			'unload-component',
			'list-components',
			'get-policy',
			'grant-storage-permission',
			'grant-network-permission',
			'grant-environment-variable-permission',
			'revoke-storage-permission',
			'revoke-network-permission',
			'revoke-environment-variable-permission',
			'reset-permission',
			'search-components',
		]);
	});

	test('lists a tool with the schemas and the description that the component gave it', async () => {
		const deck = new FakeDeck();
		const tool = fakeTool('echo');
		deck.add('echo', [tool]);
		const { client } = await openSession(deck);
		const { name, description, inputSchema, outputSchema } = tool;
		expect(client.tools[0]).toEqual({ name, description, inputSchema, outputSchema });
	});

	test('tells the client when the tools change, who lists them again', async () => {
		const deck = new FakeDeck();
		const { client, wire } = await openSession(deck);
		const listed = new Promise((resolve) => client.onTools(resolve));
		deck.add('late', [fakeTool('late-tool')]);
		expect(await listed).toBeNull();
		expect(client.tools[0]?.name).toBe('late-tool');
		expect(wire.map(({ method }) => method)).toContain('notifications/tools/list_changed');
	});

	test('tells the client when another engine lists other tools, and only then', async () => {
		const deck = new FakeDeck();
		const { client, wire } = await openSession(deck);
		const changes = () => wire.filter(({ method }) => method === 'notifications/tools/list_changed').length;
		deck.setEngine(deck.engine);
		deck.changed();
		expect(changes()).toBe(0);
		const listed = new Promise((resolve) => client.onTools(resolve));
		deck.setEngine('0.2.0');
		await listed;
		expect(changes()).toBe(1);
		expect(client.tools.map(({ name }) => name)).toEqual([
			'load-component',
			'unload-component',
			'list-components',
			'get-policy',
			'grant-storage-permission',
			'grant-network-permission',
			'grant-environment-variable-permission',
		]);
	});
});

describe('arguments', () => {
	test.each([
		['0.8.0', '{"text":[1.0,200.0]}'],
		['0.2.0', '{"text":[1.0,200.0]}'],
		['documented', undefined],
	])(
		'are judged by how they were written under %s, and handed on as what they mean',
		async (engine, text) => {
			const deck = new FakeDeck();
			deck.engine = engine;
			const seen: unknown[] = [];
			deck.add('a', [fakeTool('echo')], ({ args, judged }) => {
				seen.push(args, judged && printJson(judged));
				return returned('done');
			});
			const { client } = await openSession(deck);
			const args = { text: [1, 200] };
			keepWritten('{"text": [1.0, 2e2]}', args);
			await client.callTool('echo', args);
			await client.callTool('echo', { text: [1, 200] });
			expect(seen).toEqual([args, text, args, undefined]);
		},
	);
});

describe('a result', () => {
	test('of a string is its text verbatim, and structured content', async () => {
		expect(await call(() => returned('hi "there"\n'))).toEqual({
			content: text('hi "there"\n'),
			structuredContent: { result: 'hi "there"\n' },
			isError: false,
		});
	});

	test('that is a WIT err is no MCP error', async () => {
		const outcome = { status: 'returned', json: { err: 'guest error' }, isErr: true } as const;
		expect(await call(() => outcome)).toEqual({
			content: text('{"err":"guest error"}'),
			structuredContent: { result: { err: 'guest error' } },
			isError: false,
		});
	});

	test('of a function without one is the text null, without structured content', async () => {
		const tool = fakeTool('echo', { outputSchema: undefined });
		expect(await call(() => returned(null), '0.8.1', tool)).toEqual({
			content: text('null'),
			isError: false,
		});
	});

	test('keeps every digit of a 64-bit integer', async () => {
		expect(await call(() => returned(18446744073709551615n))).toMatchObject({
			content: text('18446744073709551615'),
			structuredContent: { result: 18446744073709551615n },
		});
	});

	test('under 0.2.0 is text alone', async () => {
		expect(await call(() => returned('hi'), '0.2.0')).toEqual({ content: text('hi') });
	});

	test('under `documented` looks as under the newest release', async () => {
		expect(await call(() => returned('hi'), 'documented')).toEqual(await call(() => returned('hi')));
	});
});

describe('a call that does not return', () => {
	test.each([
		['a failure outside the guest', { status: 'trapped', message: 'unreachable' }, 'Error: unreachable'],
		[
			'a trap',
			{ status: 'trapped', message: 'wasm trap: unreachable' },
			'Error: error while executing at wasm backtrace:: wasm trap: unreachable',
		],
		[
			'an exit',
			{ status: 'exited', code: 3 },
			'Error: error while executing at wasm backtrace:: Exited with i32 exit status 3',
		],
		[
			'a limit',
			{ status: 'limited', limit: 'callMs', message: 'The call ran longer than 30 s.' },
			'Error: The call ran longer than 30 s.',
		],
		['a stop from elsewhere', { status: 'stopped' }, 'Error: The call was stopped.'],
		['a broken sandbox', { status: 'failed', message: 'It never started.' }, 'Error: It never started.'],
	] as const)('for %s is an error in its result', async (_, outcome, words) => {
		expect(await call(() => outcome)).toEqual({ content: text(words), isError: true });
	});

	test('for a tool that nobody has says so in the words of Wassette', async () => {
		const { client } = await openSession();
		expect(await client.callTool('nothing', {})).toMatchObject({
			status: 'result',
			result: {
				content: text("Error: Failed to find component for tool 'nothing': Tool not found"),
				isError: true,
			},
		});
	});

	test('for a tool that two components have names both', async () => {
		const deck = new FakeDeck();
		deck.add('a', [fakeTool('get-weather')]);
		deck.add('b', [fakeTool('get-weather')]);
		const { client } = await openSession(deck);
		expect(client.tools.filter(({ name }) => name === 'get-weather')).toHaveLength(2);
		expect(await client.callTool('get-weather', {})).toMatchObject({
			result: {
				content: text(
					"Error: Failed to find component for tool 'get-weather': Multiple components found for tool 'get-weather': a, b",
				),
				isError: true,
			},
		});
	});

	test('for a fault of the page is a JSON-RPC error', async () => {
		const settled = await call(() => {
			throw new Error('no such thing');
		});
		expect(settled).toMatchObject({ status: 'failed', code: -32603 });
	});
});

const denial =
	"Network permission denied: Component 'echo' attempted to access 'https://b.example:8443/x' but does not have permission for " +
	'host \'b.example\'.\n\nTo grant network access, use:\n  grant-network-permission --component-id="echo" --host="b.example"';

describe('a trap after a denied request', () => {
	const trap = { status: 'trapped', message: 'unreachable' } as const;
	const deniedThenTrap: Behaviour = ({ request }) => {
		request('https://a.example/', 'allow');
		request('https://b.example:8443/x', 'deny');
		return trap;
	};
	const deniedThenAllowedThenTrap: Behaviour = ({ request }) => {
		request('https://b.example:8443/x', 'deny');
		request('https://a.example/', 'allow');
		return trap;
	};

	test.each([
		['0.3.0', 'Error: unreachable'],
		['0.4.0', `Error: ${denial}`],
		['0.6.0', `Error: ${denial}`],
		['0.8.1', `Error: ${denial}`],
		['documented', `Error: ${denial}`],
	])('is reported by %s as that release does', async (engine, words) => {
		expect(await call(deniedThenTrap, engine)).toEqual({ content: text(words), isError: true });
	});

	test.each([
		['0.5.0', `Error: ${denial}`],
		['0.6.0', 'Error: unreachable'],
	])('and an allowed one is reported by %s as that release does', async (engine, words) => {
		expect(await call(deniedThenAllowedThenTrap, engine)).toEqual({
			content: text(words),
			isError: true,
		});
	});

	test('is not blamed on the denial of another call', async () => {
		const deck = new FakeDeck();
		let first = true;
		deck.add('echo', [fakeTool('echo')], (given) => {
			if (!first) return trap;
			first = false;
			return deniedThenTrap(given);
		});
		const { client } = await openSession(deck);
		await client.callTool('echo', { text: '' });
		expect(await client.callTool('echo', { text: '' })).toMatchObject({
			result: { content: text('Error: unreachable') },
		});
	});

	test('that the guest caught is no hint in the result', async () => {
		const caught: Behaviour = (given) => {
			void deniedThenTrap(given);
			return returned({ err: 'no' });
		};
		expect(await call(caught)).toMatchObject({ content: text('{"err":"no"}'), isError: false });
	});
});
