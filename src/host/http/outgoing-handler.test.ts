import { describe, expect, test, vi } from 'vitest';
import type { PortRequest, Limits } from '../../core/call';
import { defaultLimits } from '../../core/call';
import type { Grants } from '../../core/policy/types';
import { Ending } from '../ending';
import { createGuestGate } from '../gate';
import { dispose } from '../io/dispose';
import type { IoError } from '../io/error';
import { suspend } from '../io/readiness';
import { createPoll, Pollable } from '../io/poll';
import { InputStream } from '../io/streams';
import { Recorder } from '../recorder';
import { allowHost, bytes, FakeWorld, noGrants, response, settled, text, thrownBy } from '../testing/world';
import { LimitReached } from '../types';
import { createWaiter } from '../waiting';
import { createClock } from '../clocks/clock';
import { httpErrorCode } from './error-code';
import { Fields } from './fields';
import { BodyBudget, IncomingBody } from './incoming';
import { OutgoingBody } from './outgoing-body';
import { createOutgoingHandler } from './outgoing-handler';
import { OutgoingRequest, RequestOptions, type Method, type Scheme } from './outgoing';

function make(options: { grants?: Partial<Grants>; limits?: Partial<Limits> } = {}) {
	const world = new FakeWorld();
	const ending = new Ending();
	const recorder = new Recorder(world.ports, ending);
	const limits = { ...defaultLimits, ...options.limits };
	const grants: Grants = { ...noGrants, hosts: [allowHost('good.example')], ...options.grants };
	const waiter = createWaiter(createClock('live', world.ports), world.ports);
	const { handle } = createOutgoingHandler({
		gate: createGuestGate(grants, recorder),
		recorder,
		ending,
		waiter,
		budget: new BodyBudget(limits, ending),
		ports: world.ports,
		limits,
		rules: grants.rules,
	});
	return { world, ending, handle, poll: createPoll(waiter, ending).poll };
}

interface Wanted {
	readonly method?: Method;
	readonly scheme?: Scheme;
	readonly authority?: string;
	readonly path?: string;
	readonly headers?: readonly (readonly [string, string])[];
}

function request({
	method,
	scheme,
	authority = 'good.example',
	path,
	headers = [],
}: Wanted = {}): OutgoingRequest {
	const made = new OutgoingRequest(Fields.fromList(headers.map(([name, value]) => [name, bytes(value)])));
	if (method) made.setMethod(method);
	if (scheme) made.setScheme(scheme);
	if (authority !== '') made.setAuthority(authority);
	if (path !== undefined) made.setPathWithQuery(path);
	return made;
}

const noTimeouts: PortRequest['timeouts'] = { connectMs: null, firstByteMs: null, betweenBytesMs: null };

/** Reads a body to its end, waiting as a guest does. */
async function readAll(stream: InputStream): Promise<string> {
	let all = '';
	for (;;) {
		try {
			all += text(await stream.blockingRead(1000n));
		} catch (error) {
			if ((error as { tag?: string }).tag === 'closed') return all;
			throw error;
		}
	}
}

describe('a request', () => {
	test('leaves at once when it has no body', () => {
		const { world, handle } = make();
		handle(request({ path: '/a?b=c', headers: [['Accept', 'text/plain']] }), undefined);
		expect(world.requests).toEqual([
			{
				method: 'GET',
				url: 'https://good.example/a?b=c',
				headers: [['Accept', 'text/plain']],
				body: null,
				timeouts: noTimeouts,
			},
		]);
	});

	test('leaves with its whole body when that is finished', () => {
		const { world, handle } = make();
		const made = request({ method: { tag: 'post' } });
		const body = made.body();
		handle(made, undefined);
		const stream = body.write();
		const part = bytes('one,');
		void stream.blockingWriteAndFlush(part);
		part.fill(0);
		void stream.blockingWriteAndFlush(bytes('two'));
		expect(world.requests).toEqual([]);
		OutgoingBody.finish(body, undefined);
		expect(world.requests.map(({ method, body }) => [method, body && text(body)])).toEqual([
			['POST', 'one,two'],
		]);
		expect(thrownBy(() => stream.write(bytes('late')))).toEqual({ tag: 'closed' });
	});

	test('leaves at once when its body was finished before', () => {
		const { world, handle } = make();
		const made = request();
		const body = made.body();
		body.write().write(bytes('early'));
		OutgoingBody.finish(body, undefined);
		handle(made, undefined);
		expect(text(world.requests[0]!.body!)).toBe('early');
	});

	test('leaves without a body when the guest drops it empty', () => {
		const { world, handle } = make();
		const made = request();
		const body = made.body();
		handle(made, undefined);
		body[dispose]();
		expect(world.requests.map(({ body }) => body)).toEqual([null]);
	});

	test('fails when the guest drops a body it began to write', async () => {
		const { world, handle } = make();
		const made = request();
		const body = made.body();
		const future = handle(made, undefined);
		body.write().write(bytes('half'));
		body[dispose]();
		expect(world.requests).toEqual([]);
		expect(future.get()).toEqual({
			tag: 'ok',
			val: { tag: 'err', val: { tag: 'HTTP-protocol-error', val: undefined } },
		});
	});

	test('leaves when the guest waits for the answer alone, its body opened and left empty', async () => {
		const { world, handle, poll } = make();
		const made = request();
		made.body();
		const future = handle(made, undefined);
		await Promise.race([
			poll([future.subscribe(), new Pollable({ ready: () => false, watch: () => () => {} }, suspend)]),
			settled(),
		]);
		expect(world.requests).toEqual([]);
		await poll([future.subscribe()]);
		expect(world.requests).toHaveLength(1);
	});

	test.each<[Wanted, string, string]>([
		[{}, 'GET', 'https://good.example/'],
		[{ path: '' }, 'GET', 'https://good.example/'],
		[{ path: '?q' }, 'GET', 'https://good.example/?q'],
		[{ path: '/x#fragment' }, 'GET', 'https://good.example/x'],
		[{ scheme: { tag: 'HTTP' } }, 'GET', 'http://good.example/'],
		[{ method: { tag: 'delete' } }, 'DELETE', 'https://good.example/'],
		[{ method: { tag: 'other', val: 'PURGE' } }, 'PURGE', 'https://good.example/'],
	])('of %j is %s %s', (wanted, method, url) => {
		const { world, handle } = make();
		handle(request(wanted), undefined);
		expect(world.requests.map((sent) => [sent.method, sent.url])).toEqual([[method, url]]);
	});

	test('carries its timeouts in milliseconds', () => {
		const { world, handle } = make();
		const options = new RequestOptions();
		options.setConnectTimeout(1_500_000n);
		options.setFirstByteTimeout(undefined);
		options.setBetweenBytesTimeout(2_000_000_000n);
		handle(request(), options);
		expect(world.requests[0]?.timeouts).toEqual({ connectMs: 2, firstByteMs: null, betweenBytesMs: 2000 });
	});
});

describe('a request that must not leave', () => {
	test('is denied at once and recorded, with the reason', () => {
		const { world, handle } = make();
		const made = request({ authority: 'evil.example', path: '/steal?k=v' });
		made.body();
		expect(thrownBy(() => handle(made, undefined))).toEqual({ tag: 'HTTP-request-denied' });
		expect(world.requests).toEqual([]);
		expect(world.calls).toMatchObject([
			{
				capability: 'network',
				operation: 'GET',
				target: 'https://evil.example/steal?k=v',
				outcome: 'deny',
				rule: null,
				reason: 'no-rule',
				result: 'HTTP-request-denied',
			},
		]);
	});

	test('is not recorded when it is allowed, for the page does that', () => {
		const { world, handle } = make();
		handle(request(), undefined);
		expect(world.calls).toEqual([]);
	});

	test.each<[Wanted, string, string]>([
		[{ authority: '' }, 'HTTP-request-URI-invalid', 'https:///'],
		[{ authority: 'user@good.example' }, 'HTTP-request-URI-invalid', 'https://user@good.example/'],
		[{ path: '@evil.example/' }, 'HTTP-request-URI-invalid', 'https://good.example/@evil.example/'],
		[{ path: ':8443/' }, 'HTTP-request-URI-invalid', 'https://good.example/:8443/'],
		[{ scheme: { tag: 'other', val: 'ftp' } }, 'HTTP-protocol-error', 'ftp://good.example/'],
		[
			{ scheme: { tag: 'other', val: 'file' }, path: '/etc/passwd' },
			'HTTP-protocol-error',
			'file://good.example/etc/passwd',
		],
	])('of %j fails with %s', (wanted, tag, target) => {
		const { world, handle } = make();
		expect(thrownBy(() => handle(request(wanted), undefined))).toEqual({ tag });
		expect(world.requests).toEqual([]);
		expect(world.calls).toMatchObject([{ target, outcome: 'deny', reason: 'invalid-request', result: tag }]);
	});

	test('has more than 16 KiB of headers', () => {
		const { handle } = make();
		const made = request({ headers: [['x', 'y'.repeat(16 * 1024)]] });
		expect(thrownBy(() => handle(made, undefined))).toEqual({
			tag: 'HTTP-request-header-section-size',
			val: 16 * 1024 + 1,
		});
	});

	test('is one more than the limit, which ends the call', () => {
		const { world, handle, ending } = make({ limits: { requests: 1 } });
		handle(request(), undefined);
		expect(thrownBy(() => handle(request(), undefined))).toMatchObject({ limit: 'requests' });
		expect(ending.reason).toBeInstanceOf(LimitReached);
		expect(world.requests).toHaveLength(1);
	});

	test('is decided by the host as it is written, which the releases compare', () => {
		const { handle, world } = make({ grants: { engine: '0.8.1', rules: 'release' } });
		expect(thrownBy(() => handle(request({ authority: 'good.example.' }), undefined))).toEqual({
			tag: 'HTTP-request-denied',
		});
		handle(request({ authority: 'GOOD.example:8443' }), undefined);
		expect(world.requests).toHaveLength(1);
	});
});

describe('a request body', () => {
	test('of more than 8 MiB fails its stream, with the code for it, and the request', () => {
		const { handle } = make();
		const made = request({ method: { tag: 'put' } });
		const body = made.body();
		const future = handle(made, undefined);
		const stream = body.write();
		for (let mebibyte = 0; mebibyte < 8; mebibyte++) stream.write(new Uint8Array(2 ** 20));
		const failure = thrownBy(() => stream.write(new Uint8Array(1))) as { val: IoError };
		const code = { tag: 'HTTP-request-body-size', val: 2n ** 23n + 1n };
		expect(httpErrorCode(failure.val)).toEqual(code);
		expect(future.get()).toEqual({ tag: 'ok', val: { tag: 'err', val: code } });
	});

	test('must have the length that its header says', () => {
		const { handle, world } = make();
		const made = request({ headers: [['content-length', '4']] });
		const body = made.body();
		handle(made, undefined);
		body.write().write(bytes('abc'));
		expect(thrownBy(() => OutgoingBody.finish(body, undefined))).toEqual({
			tag: 'HTTP-request-body-size',
			val: 3n,
		});
		expect(world.requests).toEqual([]);

		const second = request({ headers: [['content-length', '4']] });
		const longer = second.body();
		expect(thrownBy(() => longer.write().write(bytes('abcde')))).toMatchObject({
			tag: 'last-operation-failed',
		});
		// Finishing it says what the write failed with.
		expect(thrownBy(() => OutgoingBody.finish(longer, undefined))).toEqual({
			tag: 'HTTP-request-body-size',
			val: 5n,
		});
	});

	test('is given out once, and its stream too', () => {
		const made = request();
		const body = made.body();
		expect(thrownBy(() => made.body())).toBeUndefined();
		body.write();
		expect(thrownBy(() => body.write())).toBeUndefined();
	});

	test('takes no trailers, which a browser cannot send', () => {
		const body = request().body();
		const trailers = Fields.fromList([['x', bytes('y')]]);
		expect(thrownBy(() => OutgoingBody.finish(body, trailers))).toMatchObject({ tag: 'internal-error' });
	});
});

describe('the parts of a request', () => {
	test.each<[string, () => void]>([
		['a method with a space', () => request().setMethod({ tag: 'other', val: 'GET /' })],
		['an empty method', () => request().setMethod({ tag: 'other', val: '' })],
		['a path with a line break', () => request().setPathWithQuery('/a\r\nx: y')],
		['a path with a space', () => request().setPathWithQuery('/a b')],
		['a query with a space', () => request().setPathWithQuery('/?a b')],
		['an authority with a slash', () => request().setAuthority('good.example/x')],
		['an authority with a space', () => request().setAuthority('good .example')],
		['an empty authority', () => request().setAuthority('')],
		['a scheme with a colon', () => request().setScheme({ tag: 'other', val: 'a:b' })],
	])('refuse %s', (_, set) => {
		expect(thrownBy(set)).toBeUndefined();
	});

	test('read back as they were set', () => {
		const made = request({
			method: { tag: 'patch' },
			scheme: { tag: 'HTTP' },
			path: '/p?q={%22a%22}',
		});
		expect([made.method(), made.scheme(), made.authority(), made.pathWithQuery()]).toEqual([
			{ tag: 'patch' },
			{ tag: 'HTTP' },
			'good.example',
			'/p?q={%22a%22}',
		]);
		expect(thrownBy(() => made.headers().append('a', bytes('b')))).toEqual({ tag: 'immutable' });
	});
});

describe('a response', () => {
	test('is waited for, taken once, and read to its end', async () => {
		const { world, handle, poll } = make();
		world.answer = async () => response(['hello ', '', 'world'], 201, [['X-Kind', 'test']]).value;
		const future = handle(request(), undefined);
		expect(future.get()).toBeUndefined();
		expect(future.subscribe().ready()).toBe(false);
		expect(await poll([future.subscribe()])).toEqual(Uint32Array.of(0));
		const got = future.get();
		expect(future.get()).toEqual({ tag: 'err', val: undefined });
		if (got?.tag !== 'ok' || got.val.tag !== 'ok') throw new Error('no response');
		const arrived = got.val.val;
		expect(arrived.status()).toBe(201);
		expect(arrived.headers().get('x-kind').map(text)).toEqual(['test']);
		const body = arrived.consume();
		expect(thrownBy(() => arrived.consume())).toBeUndefined();
		const stream = body.stream();
		expect(thrownBy(() => body.stream())).toBeUndefined();
		expect(await readAll(stream)).toBe('hello world');
	});

	/** A response as the guest gets it. */
	async function arrive(chunks: readonly (string | Error)[], limits: Partial<Limits> = {}) {
		const made = make({ limits });
		const { value, state } = response(chunks);
		made.world.answer = async () => value;
		const future = made.handle(request(), undefined);
		await settled();
		const got = future.get();
		if (got?.tag !== 'ok' || got.val.tag !== 'ok') throw new Error('no response');
		return { ...made, response: got.val.val, state };
	}

	test('gives a part of a chunk, and the rest later, without asking for the next', async () => {
		const { response } = await arrive(['abcdef']);
		const stream = response.consume().stream();
		expect(text(stream.read(10n))).toBe('');
		expect(text(await stream.blockingRead(2n))).toBe('ab');
		expect(text(stream.blockingRead(2n) as Uint8Array)).toBe('cd');
		expect(text(stream.read(10n))).toBe('ef');
	});

	test('that breaks off fails its stream with the code', async () => {
		const { response } = await arrive(['abc', new Error('connection-terminated')]);
		const stream = response.consume().stream();
		expect(text(await stream.blockingRead(9n))).toBe('abc');
		const failure = await Promise.resolve(stream.blockingRead(9n)).catch((error: unknown) => error);
		expect(failure).toMatchObject({ tag: 'last-operation-failed' });
		expect(httpErrorCode((failure as { val: IoError }).val)).toEqual({
			tag: 'connection-terminated',
			val: undefined,
		});
		expect(thrownBy(() => stream.read(1n))).toEqual({ tag: 'closed' });
	});

	test('of too many bytes ends the call', async () => {
		const { response, state, ending } = await arrive(['12345', '67890'], { responseBytes: 9 });
		const stream = response.consume().stream();
		expect(text(await stream.blockingRead(9n))).toBe('12345');
		const failure = await Promise.resolve(stream.blockingRead(9n)).catch((error: unknown) => error);
		expect(failure).toMatchObject({ limit: 'responseBytes' });
		expect(await ending.whenEnded).toBe(failure);
		expect(state.cancelled).toBe(true);
	});

	test('is given up when the guest drops it, at whatever stage', async () => {
		const unread = await arrive(['abc']);
		unread.response[dispose]();
		expect(unread.state.cancelled).toBe(true);

		const body = await arrive(['abc', 'def']);
		const stream = body.response.consume().stream();
		body.response[dispose]();
		expect(body.state.cancelled).toBe(false);
		await stream.blockingRead(1n);
		stream[dispose]();
		expect(body.state.cancelled).toBe(true);

		const late = make();
		const { value, state } = response(['abc']);
		late.world.answer = async () => value;
		late.handle(request(), undefined)[dispose]();
		await settled();
		expect(state.cancelled).toBe(true);
	});

	test('that was read to its end is not given up', async () => {
		const { response, state } = await arrive(['abc']);
		const stream = response.consume().stream();
		await readAll(stream);
		stream[dispose]();
		expect(state.cancelled).toBe(false);
	});

	test('has no trailers', async () => {
		const { response } = await arrive([]);
		const trailers = IncomingBody.finish(response.consume());
		expect(trailers.subscribe().ready()).toBe(true);
		expect(trailers.get()).toEqual({ tag: 'ok', val: { tag: 'ok', val: undefined } });
		expect(trailers.get()).toEqual({ tag: 'err', val: undefined });
	});
});

describe('a failed exchange', () => {
	const outcomes: [string, FakeWorld['answer'], { tag: string; val: unknown }][] = [
		[
			'an error code',
			async () => ({ ok: false, error: { tag: 'DNS-timeout' } }),
			{ tag: 'DNS-timeout', val: undefined },
		],
		['a rejection', () => Promise.reject(new Error('gone')), { tag: 'internal-error', val: 'gone' }],
		[
			'an exception',
			() => {
				throw new Error('closed');
			},
			{ tag: 'internal-error', val: 'closed' },
		],
	];
	test.each(outcomes)('by %s settles the future, and nothing rejects', async (_, answer, code) => {
		const { world, handle, poll } = make();
		world.answer = vi.fn(answer);
		const future = handle(request(), undefined);
		await poll([future.subscribe()]);
		expect(future.get()).toEqual({ tag: 'ok', val: { tag: 'err', val: code } });
	});
});
