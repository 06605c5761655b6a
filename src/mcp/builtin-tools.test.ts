import { describe, expect, test } from 'vitest';
import { err, ok } from '../core/result';
import type { Json } from '../core/wit/types';
import { fakeTool, FakeDeck } from './testing/fake-deck';
import { openSession } from './testing/session';

type Session = Awaited<ReturnType<typeof openSession>>;

async function open(engine = '0.8.1', options: Parameters<typeof openSession>[1] = {}): Promise<Session> {
	const deck = new FakeDeck();
	deck.engine = engine;
	deck.add('echo', [fakeTool('say')]);
	return openSession(deck, options);
}

/** The JSON that a built-in tool answers as text, or the text of its error. */
async function ask({ client }: Session, name: string, args: { readonly [name: string]: Json } = {}) {
	const settled = await client.callTool(name, args);
	if (settled.status !== 'result') throw new Error(`${name}: ${JSON.stringify(settled)}`);
	const { content, isError, structuredContent } = settled.result;
	expect(content).toHaveLength(1);
	expect(structuredContent).toBeUndefined();
	const text = (content[0] as { readonly text: string }).text;
	return isError && text.startsWith('Error: ') ? text : JSON.parse(text);
}

const policyOf = ({ deck }: Session) => deck.components[0]?.policy ?? null;
const network = { component_id: 'echo', details: { host: 'a.example' } };

describe('grants over MCP', () => {
	test('write the policy of the component and answer what was granted', async () => {
		const session = await open();
		expect(await ask(session, 'grant-network-permission', network)).toEqual({
			status: 'permission granted successfully',
			component_id: 'echo',
			permission_type: 'network',
			details: { host: 'a.example' },
		});
		const storage = { component_id: 'echo', details: { uri: 'fs://data', access: ['read'] } };
		expect(await ask(session, 'grant-storage-permission', storage)).toMatchObject({
			permission_type: 'storage',
		});
		const variable = { component_id: 'echo', details: { key: 'HOME' } };
		expect(await ask(session, 'grant-environment-variable-permission', variable)).toMatchObject({
			permission_type: 'environment variable',
		});
		expect(policyOf(session)).toContain('Auto-generated policy for component: echo');
		for (const words of ['a.example', 'fs://data', 'HOME']) expect(policyOf(session)).toContain(words);
	});

	test('under 0.2.0 answer in its words', async () => {
		const variable = { component_id: 'echo', details: { key: 'HOME' } };
		expect(await ask(await open('0.2.0'), 'grant-environment-variable-permission', variable)).toMatchObject({
			status: 'permission granted',
			permission_type: 'environment',
		});
	});

	test('take what Wassette takes without looking, though no policy may hold it', async () => {
		const session = await open();
		const odd = { component_id: 'echo', details: { host: 'ex*mple.com' } };
		expect(await ask(session, 'grant-network-permission', odd)).toMatchObject({ permission_type: 'network' });
		expect(policyOf(session)).toContain('ex*mple.com');
	});

	test.each<[string, { readonly [name: string]: Json }, string]>([
		['grant-network-permission', { details: {} }, "Missing required argument: 'component_id'"],
		['grant-network-permission', { component_id: 'echo' }, "Missing required argument: 'details'"],
		[
			'grant-network-permission',
			{ ...network, component_id: 'gone' },
			'Component not found: gone: Component not found: gone',
		],
		[
			'grant-network-permission',
			{ component_id: 'echo', details: {} },
			"Failed to grant network permission to component echo: Missing 'host' field for network permission",
		],
		[
			'grant-storage-permission',
			{ component_id: 'echo', details: { uri: 'fs://a', access: ['run'] } },
			'Failed to grant storage permission to component echo: Invalid access type: run',
		],
		['reset-permission', {}, "Missing required argument: 'component_id'"],
		['load-component', {}, "Missing required argument: 'path'"],
		['get-policy', {}, "Missing required argument: 'component_id'"],
		['unload-component', {}, "Missing 'id' in arguments"],
	])('and the rest: %s with %j fails in the words of Wassette', async (name, args, message) => {
		const session = await open();
		expect(await ask(session, name, args)).toBe(`Error: ${message}`);
		expect(policyOf(session)).toBeNull();
	});
});

describe('what was granted', () => {
	test('can be revoked', async () => {
		const session = await open();
		await ask(session, 'grant-network-permission', network);
		expect(await ask(session, 'revoke-network-permission', network)).toMatchObject({
			status: 'permission revoked',
			permission_type: 'network',
		});
		expect(policyOf(session)).not.toContain('a.example');
	});

	test('on storage is revoked whatever its access', async () => {
		const session = await open();
		const details = { uri: 'fs://data', access: ['read', 'write'] };
		await ask(session, 'grant-storage-permission', { component_id: 'echo', details });
		const revoked = { component_id: 'echo', details: { uri: 'fs://data' } };
		expect(await ask(session, 'revoke-storage-permission', revoked)).toEqual({
			status: 'permission revoked successfully',
			component_id: 'echo',
			uri: 'fs://data',
			message: 'All access (read and write) to the specified URI has been revoked',
		});
		expect(policyOf(session)).not.toContain('fs://data');
	});

	test('on storage is missed in what is to be revoked before the component is', async () => {
		const session = await open('0.8.0');
		for (const details of [{}, { uri: 5 }, { access: ['read'] }] as readonly Json[])
			expect(await ask(session, 'revoke-storage-permission', { component_id: 'nobody', details })).toBe(
				"Error: Missing 'uri' field in details",
			);
		expect(
			await ask(session, 'revoke-storage-permission', {
				component_id: 'nobody',
				details: { uri: 'fs://a' },
			}),
		).toContain('Component not found: nobody');
	});

	test('is all taken back by a reset', async () => {
		const session = await open();
		await ask(session, 'grant-network-permission', network);
		expect(await ask(session, 'reset-permission', { component_id: 'echo' })).toEqual({
			status: 'permissions reset successfully',
			component_id: 'echo',
		});
		expect(policyOf(session)).toBeNull();
	});

	test('leaves an empty policy where something is revoked and there was none', async () => {
		const session = await open();
		await ask(session, 'revoke-environment-variable-permission', {
			component_id: 'echo',
			details: { key: 'A' },
		});
		expect(policyOf(session)).toContain('permissions: {}');
	});

	test('cannot be changed any more where a grant left what does not pass', async () => {
		const session = await open('0.8.0');
		const bare = { component_id: 'echo', details: { uri: 'fs:///drop' } };
		expect(await ask(session, 'grant-storage-permission', bare)).toMatchObject({
			permission_type: 'storage',
		});
		for (const [tool, asked] of [
			['grant', network],
			['revoke', network],
		] as const)
			expect(await ask(session, `${tool}-network-permission`, asked)).toMatch(
				/Permission validation failed$/,
			);
	});
});

describe('components over MCP', () => {
	test('are listed with their tools', async () => {
		expect(await ask(await open(), 'list-components')).toMatchObject({
			components: [{ id: 'echo', tools_count: 1, schema: { tools: [{ name: 'say' }] } }],
			total: 1,
		});
	});

	test('are found by every word of a query', async () => {
		const registry = [
			{ name: 'Time', description: 'Tells the time', uri: 'sample:time' },
			{ name: 'Files', description: 'Reads files', uri: 'sample:files' },
		];
		const session = await open('0.8.1', { registry });
		expect((await ask(session, 'search-components')).components).toEqual(registry);
		expect((await ask(session, 'search-components', { query: 'TELLS time' })).components).toEqual([
			registry[0],
		]);
		expect((await ask(session, 'search-components', { query: 'tells files' })).components).toEqual([]);
	});

	test('show where their policy is, and as documented its text', async () => {
		const session = await open();
		expect(await ask(session, 'get-policy', { component_id: 'echo' })).toEqual({
			status: 'no policy found',
			component_id: 'echo',
		});
		session.deck.setPolicy('echo', 'version: "1.0"\npermissions: {}\n');
		expect(await ask(session, 'get-policy', { component_id: 'echo' })).toEqual({
			status: 'policy found',
			component_id: 'echo',
			policy_info: {
				policy_id: 'echo-policy',
				source_uri: 'file://COMPDIR/echo.policy.yaml',
				local_path: 'COMPDIR/echo.policy.yaml',
				created_at: 1_700_000_000,
			},
		});
		session.deck.setEngine('documented');
		expect(await ask(session, 'get-policy', { component_id: 'echo' })).toMatchObject({
			policy_info: { source_uri: 'sample:echo' },
			policy: 'version: "1.0"\npermissions: {}\n',
		});
	});

	test('are unloaded, and their tools with them', async () => {
		const session = await open();
		const listed = new Promise((resolve) => session.client.onTools(resolve));
		expect(await ask(session, 'unload-component', { id: 'echo' })).toEqual({
			status: 'component unloaded successfully',
			id: 'echo',
		});
		await listed;
		expect(session.client.tools.map(({ name }) => name)).not.toContain('say');
		// What is not there counts as unloaded.
		expect(await ask(session, 'unload-component', { id: 'gone' })).toEqual({
			status: 'component unloaded successfully',
			id: 'gone',
		});
	});

	test('are loaded by whoever can, and loaded again', async () => {
		const deck = new FakeDeck();
		const loadFrom = async (path: string) => ok(deck.add(path.slice('sample:'.length), [fakeTool('tick')]));
		const session = await openSession(deck, { loadFrom });
		expect(await ask(session, 'load-component', { path: 'sample:time' })).toEqual({
			status: 'component loaded successfully',
			id: 'time',
			tools: ['tick'],
		});
		expect(await ask(session, 'load-component', { path: 'sample:time' })).toMatchObject({
			status: 'component reloaded successfully',
		});
		deck.setEngine('0.2.0');
		expect(await ask(session, 'load-component', { path: 'sample:time' })).toEqual({
			status: 'component loaded',
			id: 'time',
		});
	});

	test.each([
		['0.8.1', 'https://a.example/x.wasm', 'Failed to load component: https://a.example/x.wasm: no answer'],
		[
			'0.6.0',
			'https://a.example/x.wasm',
			'Failed to load component: https://a.example/x.wasm. Error: no answer',
		],
		[
			'0.8.1',
			'x.wasm',
			'Failed to load component: x.wasm: Invalid component reference. Should be of the form scheme://reference',
		],
		[
			'0.8.1',
			'ftp://a.example/x.wasm',
			'Failed to load component: ftp://a.example/x.wasm: Unsupported component scheme: ftp',
		],
	])('under %s, %s fails in the words of Wassette', async (engine, path, message) => {
		const session = await open(engine, { loadFrom: async () => err('no answer') });
		expect(await ask(session, 'load-component', { path })).toBe(`Error: ${message}`);
	});
});

describe('a grant that makes a policy unreadable', () => {
	test.each([
		['0.8.0', true],
		['0.4.0', true],
		['documented', false],
	])('leaves %s running by the policy before: %s', async (engine, goesOn) => {
		const deck = new FakeDeck();
		deck.engine = engine;
		deck.add('files', [fakeTool('read')]);
		const { client } = await openSession(deck);
		const grant = (host: string) =>
			client.callTool('grant-network-permission', { component_id: 'files', details: { host } });
		await grant('a.example');
		const before = deck.components[0]!.policy;
		await grant('ex*mple.com');
		expect(deck.components[0]!.goesBy).toEqual(goesOn ? { policy: before } : undefined);
		// The next grant stumbles over the text, and what runs stays what it was.
		expect(await grant('b.example')).toMatchObject({ result: { isError: true } });
		expect(deck.components[0]!.goesBy).toEqual(goesOn ? { policy: before } : undefined);
		deck.setPolicy('files', null);
		await grant('ex*mple.com');
		if (goesOn) expect(deck.components[0]!.goesBy?.policy).toContain('permissions');
		deck.setPolicy('files', before);
		expect(deck.components[0]!.goesBy).toBeUndefined();
	});
});
