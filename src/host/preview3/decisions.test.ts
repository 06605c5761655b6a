import { describe, expect, test } from 'vitest';
import cases from '../../core/policy/cases/decisions.json';
import urls from '../../core/url.cases.json';
import { assumedWorld, compile, newestRelease, type Grants } from '../../core/policy';
import { createHost } from '../host';
import { Fields } from '../http/fields';
import { OutgoingRequest, type Method, type Scheme } from '../http/outgoing';
import { allowHost, bytes, FakeWorld, response, settled, setupWith, text } from '../testing/world';
import type { Descriptor } from '../filesystem/descriptor';
import { Descriptor3 } from './filesystem';
import { Request3 } from './http';

interface Parts {
	readonly method: Method;
	readonly scheme?: Scheme;
	readonly authority?: string;
	readonly path?: string;
}

/** What a request came to: its entries in the record without their times, what the page was asked, and the error. */
async function played(grants: Partial<Grants>, send: (imports: Imports) => Promise<unknown>) {
	const world = new FakeWorld();
	world.answer = async () => response(['ok']).value;
	const host = createHost(setupWith({ grants }), world.ports);
	const error = await send(host.imports as unknown as Imports).then(
		() => null,
		(thrown: unknown) => thrown,
	);
	host.finish();
	return {
		error,
		record: world.calls.map(({ at: _at, duration: _duration, ...call }) => call),
		requests: world.requests.map(({ method, url }) => [method, url]),
	};
}

interface Imports {
	'wasi:http/outgoing-handler': {
		handle(
			request: OutgoingRequest,
			options: undefined,
		): { subscribe(): { block(): unknown }; get(): { val: { tag: string; val: unknown } } };
	};
	'wasi:http/client@0.3': { send(request: Request3): Promise<unknown> };
	'wasi:filesystem/preopens': { getDirectories(): [Descriptor, string][] };
}

const set = (request: OutgoingRequest | Request3, { method, scheme, authority, path }: Parts): boolean => {
	try {
		request.setMethod(method);
		request.setScheme(scheme);
		request.setAuthority(authority);
		request.setPathWithQuery(path);
		return true;
	} catch {
		return false;
	}
};

async function inBoth(grants: Partial<Grants>, parts: Parts) {
	const two = await played(grants, async (imports) => {
		const request = new OutgoingRequest(new Fields());
		if (!set(request, parts)) throw 'not set';
		const future = imports['wasi:http/outgoing-handler'].handle(request, undefined);
		await future.subscribe().block();
		const { val } = future.get();
		if (val.tag === 'err') throw val.val;
	});
	const three = await played(grants, async (imports) => {
		const [request] = Request3.new(
			new Fields(),
			undefined,
			Promise.resolve({ tag: 'ok', val: undefined }),
			undefined,
		);
		if (!set(request, parts)) throw 'not set';
		await imports['wasi:http/client@0.3'].send(request);
	});
	return { two, three };
}

const schemeOf = (name: string): Scheme =>
	name === 'http' ? { tag: 'HTTP' } : name === 'https' ? { tag: 'HTTPS' } : { tag: 'other', val: name };

describe('a request of 0.3 is decided and recorded as one of 0.2:', () => {
	const network = cases.filter(({ request }) => request.kind === 'network');

	test.each(network)('$id', async ({ policy, request }) => {
		const [, scheme = '', authority = '', path = ''] =
			/^([^:]*):\/\/([^/?#]*)([/?#].*)?$/s.exec(request.url ?? '') ?? [];
		const parts = {
			method: { tag: (request.method ?? 'GET').toLowerCase() },
			scheme: schemeOf(scheme),
			authority,
			path,
		};
		for (const engine of [newestRelease, 'documented']) {
			const compiled = compile(policy, engine, assumedWorld());

			if (!compiled.ok) continue;
			const { two, three } = await inBoth(compiled.value, parts);
			expect(three).toEqual(two);
		}
	});

	test.each(urls.compose)('$scheme, $authority and $path', async ({ scheme, authority, path }) => {
		const parts = { method: { tag: 'get' }, scheme: schemeOf(scheme), authority, path };
		const { two, three } = await inBoth({ hosts: [allowHost('*')] }, parts);
		expect(three).toEqual(two);
	});
});

describe('an access to a file in 0.3 is decided and recorded as in 0.2:', () => {
	const storage = cases.filter(({ request }) => request.kind === 'storage');

	test.each(storage)('$id', async ({ policy, request }) => {
		const { path = '/', access } = request as { path?: string; access: 'read' | 'write' };
		for (const engine of [newestRelease, 'documented']) {
			const compiled = compile(policy, engine, assumedWorld());
			if (!compiled.ok) continue;
			const open = (over: (descriptor: Descriptor) => Pick<Descriptor, 'openAt'> | Descriptor3) =>
				played(compiled.value, async (imports) => {
					for (const [directory, name] of imports['wasi:filesystem/preopens'].getDirectories()) {
						const relative = path.startsWith(name)
							? path.slice(name.length).replace(/^\/+/, '') || '.'
							: path;
						const flags = access === 'read' ? { read: true } : { write: true };
						try {
							await over(directory).openAt({}, relative, access === 'write' ? { create: true } : {}, flags);
						} catch (error) {
							throw typeof error === 'object' && error !== null && 'tag' in error ? error.tag : error;
						}
					}
				});
			expect(await open((directory) => Descriptor3.over(directory))).toEqual(
				await open((directory) => directory),
			);
		}
	});
});

describe('the body of a request of 0.3', () => {
	/** Sends a body in these pieces, which come one after the other. */
	async function put(pieces: readonly string[], headers: [string, Uint8Array][] = []) {
		const world = new FakeWorld();
		world.answer = async () => response(['ok']).value;
		const host = createHost(setupWith({ grants: { hosts: [allowHost('good.example')] } }), world.ports);
		const rest = pieces.map(bytes);
		const stream = {
			read: async () => {
				await settled();
				const value = rest.shift();
				return value ? { value, done: false } : { done: true };
			},
		};
		const trailers = Promise.resolve({ tag: 'ok', val: undefined } as const);
		const [request, sent] = Request3.new(Fields.fromList(headers), stream, trailers, undefined);
		request.setMethod({ tag: 'put' });
		request.setAuthority('good.example');
		const { send } = (host.imports as unknown as Imports)['wasi:http/client@0.3'];
		const error = await send(request).then(
			() => null,
			(thrown: unknown) => thrown,
		);
		return { error, sent: await sent, bodies: world.requests.map(({ body }) => body && text(body)) };
	}

	test('arrives whole, whenever its pieces come', async () => {
		expect(await put(['one, ', 'two, ', 'three'])).toEqual({
			error: null,
			sent: { tag: 'ok', val: undefined },
			bodies: ['one, two, three'],
		});
	});

	test('is counted against the length that its header says', async () => {
		const { error, bodies } = await put(['too long'], [['content-length', bytes('4')]]);
		expect(error).toEqual({ tag: 'HTTP-request-body-size', val: 8n });
		expect(bodies).toEqual([]);
	});
});
