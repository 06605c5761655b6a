import { describe, expect, test } from 'vitest';
import recorded4 from '../../recordings/server-0.4.0.json';
import recorded8 from '../../recordings/server-0.8.0.json';
import { createLink } from './link';
import { createMcpServer } from './server';
import { FakeDeck } from './testing/fake-deck';

/** What a server answers to messages that are handed to it as they are, without a client's library between. */
async function serverOf(engine: string) {
	const deck = new FakeDeck();
	deck.engine = engine;
	const link = createLink({ now: () => 0 });
	await createMcpServer(deck, {
		version: '1.2.3',
		loadFrom: async () => ({ ok: false, error: '' }),
		registry: [],
		wallNow: () => 0,
	}).connect(link.server);
	await link.client.start();
	let id = 0;
	return (method: string, params: object) =>
		new Promise<Record<string, unknown>>((resolve) => {
			link.client.onmessage = (message) => {
				if ('result' in message) resolve(message.result);
				if ('error' in message) {
					const { code, message: words } = message.error;
					resolve({ error: { code, message: words } });
				}
			};
			void link.client.send({ jsonrpc: '2.0', id: ++id, method, params } as never);
		});
}

/** Without prose, which the recordings leave out. */
const bare = (value: unknown): unknown =>
	JSON.parse(
		JSON.stringify(value, (key, one) =>
			['instructions', 'description'].includes(key) && typeof one === 'string' ? undefined : one,
		),
	);

/** A method and its parameters as a recording writes them in a key. */
const readKey = (key: string) => {
	const [, method, params] = /^(\S+) (\{.*)$/s.exec(key)!;
	return { method: method!, params: JSON.parse(params!) as object };
};

describe.each([
	['0.4.0', recorded4 as Record<string, unknown>],
	['0.8.0', recorded8 as Record<string, unknown>],
])('the server of %s', (release, recorded) => {
	const keys = Object.keys(recorded);

	test.each(keys.filter((key) => key.startsWith('init ')))(
		'introduces itself as recorded: %s',
		async (key) => {
			const ask = await serverOf(release);
			const given = await ask('initialize', {
				protocolVersion: key.slice('init '.length),
				capabilities: {},
				clientInfo: { name: 'test', version: '1' },
			});
			expect(bare(given)).toEqual(bare(recorded[key]));
		},
	);

	// What a release leaves without an answer is refused here: a client that waits learns nothing.
	const answered = keys.filter((key) => key.includes('{') && !key.startsWith('server/discover'));
	test.each(answered)('answers as recorded: %s', async (key) => {
		const { method, params } = readKey(key);
		const given = await (await serverOf(release))(method, params);
		const real = recorded[key] as { error?: { code: unknown }; n?: number };
		if (real.error?.code === 'timeout' && method !== 'tools/list')
			expect(given).toMatchObject({ error: { code: -32601 } });
		else if (real.n !== undefined) expect(given['tools']).toHaveLength(real.n);
		else if (method !== 'tools/list') expect(bare(given)).toEqual(bare(real));
	});
});

test('the built-in tools of a release are those that were recorded, in order and with their schemas', async () => {
	const { tools } = await (await serverOf('0.8.0'))('tools/list', {});
	expect(bare(tools)).toEqual(bare(recorded8.builtins));
});

test('a call whose arguments are null is one without, and one that is no call is refused', async () => {
	const ask = await serverOf('0.8.0');
	const listed = { content: [{ type: 'text', text: '{"components":[],"total":0}' }], isError: false };
	expect(await ask('tools/call', { name: 'list-components', arguments: null })).toEqual(listed);
	expect(await ask('tools/call', { name: 'list-components' })).toEqual(listed);
	const refused = { error: { code: -32601, message: 'tools/call' } };
	for (const params of [{ name: 'list-components', arguments: [] }, { arguments: {} }, { name: 5 }])
		expect(await ask('tools/call', params)).toEqual(refused);
	expect(await (await serverOf('0.4.0'))('tools/call', { name: 'list-components' })).toEqual({
		content: listed.content,
	});
});
