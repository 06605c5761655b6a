import { describe, expect, test } from 'vitest';
import { dispose } from '../io/dispose';
import { suspend } from '../io/readiness';
import { bytes, text, thrownBy } from '../testing/world';
import { Fields } from './fields';
import { IncomingBody } from './incoming';
import { OutgoingBody } from './outgoing-body';
import { OutgoingResponse } from './outgoing';
import { exchangeOf, ResponseOutparam, type ServiceRequest } from './service';

const exchange = (request: Partial<ServiceRequest> = {}) =>
	exchangeOf({ method: 'GET', path: '/', headers: [], body: new Uint8Array(), ...request }, suspend);

const fields = (list: readonly (readonly [string, string])[]) =>
	Fields.fromList(list.map(([name, value]) => [name, bytes(value)]));

describe('a request that a service is handed', () => {
	test('has the parts that it was made of', async () => {
		const { request } = exchange({
			method: 'POST',
			path: '/a?b=c',
			headers: [
				['accept', 'a'],
				['Accept', 'b'],
			],
			body: bytes('hello'),
		});
		expect(request.method()).toEqual({ tag: 'post' });
		expect(request.pathWithQuery()).toBe('/a?b=c');
		expect(request.headers().get('accept').map(text)).toEqual(['a', 'b']);
		const stream = request.consume().stream();
		expect(text(await stream.blockingRead(100n))).toBe('hello');
		await expect(async () => stream.blockingRead(100n)).rejects.toEqual({ tag: 'closed' });
	});

	test('gives its body once', () => {
		const { request } = exchange();
		const body = request.consume();
		expect(thrownBy(() => request.consume())).toBeUndefined();
		IncomingBody.finish(body);
	});

	test('without a body has one that has ended', () => {
		const stream = exchange().request.consume().stream();
		expect(thrownBy(() => stream.read(1n))).toEqual({ tag: 'closed' });
	});

	test('gives its body to a stream that splices it, as much as there is room for', () => {
		const { request } = exchange({ body: bytes('hello') });
		const response = new OutgoingResponse(fields([['content-length', '5']]));
		const output = response.body().write();
		const input = request.consume().stream();
		expect(output.splice(input, 3n)).toBe(3n);
		expect(output.blockingSplice(input, 10n)).toBe(2n);
		expect(thrownBy(() => output.splice(input, 1n))).toEqual({ tag: 'closed' });
	});

	test('has a method of any name', () => {
		expect(exchange({ method: 'BREW' }).request.method()).toEqual({ tag: 'other', val: 'BREW' });
	});
});

describe('the answer of a service', () => {
	test('has status, headers and the body that was written after it was handed over', () => {
		const { responseOut, answer } = exchange();
		const response = new OutgoingResponse(fields([['content-type', 'text/plain']]));
		response.setStatusCode(418);
		const body = response.body();
		ResponseOutparam.set(responseOut, { tag: 'ok', val: response });
		const stream = body.write();
		stream.write(bytes('tea'));
		stream.write(bytes('pot'));
		stream[dispose]();
		OutgoingBody.finish(body, fields([['x-trailer', '1']]));
		const answered = answer();
		expect(answered).toMatchObject({ ok: true, status: 418, headers: [['content-type', 'text/plain']] });
		expect(answered.ok && text(answered.body)).toBe('teapot');
		expect(answered.ok && answered.trailers).toEqual([['x-trailer', '1']]);
	});

	test('without a body is an empty one', () => {
		const { responseOut, answer } = exchange();
		ResponseOutparam.set(responseOut, { tag: 'ok', val: new OutgoingResponse(new Fields()) });
		expect(answer()).toMatchObject({ ok: true, status: 200, body: new Uint8Array() });
	});

	test('whose body was left unfinished is none', () => {
		const { responseOut, answer } = exchange();
		const response = new OutgoingResponse(new Fields());
		const stream = response.body().write();
		ResponseOutparam.set(responseOut, { tag: 'ok', val: response });
		stream.write(bytes('half'));
		expect(answer()).toEqual({
			ok: false,
			error: 'The body of the response broke off: HTTP-protocol-error.',
		});
	});

	test('that never came is said to be missing', () => {
		expect(exchange().answer()).toEqual({ ok: false, error: 'The service returned without a response.' });
	});

	test('that is an error names it', () => {
		const { responseOut, answer } = exchange();
		ResponseOutparam.set(responseOut, { tag: 'err', val: { tag: 'HTTP-request-denied' } });
		expect(answer()).toEqual({
			ok: false,
			error: 'The service answered with the error HTTP-request-denied.',
		});
		const other = exchange();
		ResponseOutparam.set(other.responseOut, { tag: 'err', val: { tag: 'internal-error', val: 'no disk' } });
		expect(other.answer()).toEqual({
			ok: false,
			error: 'The service answered with the error internal-error (no disk).',
		});
		const sized = exchange();
		const code = { tag: 'HTTP-response-header-size', val: { fieldName: 'a', fieldSize: 7n } };
		ResponseOutparam.set(sized.responseOut, { tag: 'err', val: code });
		expect(sized.answer()).toMatchObject({
			error: expect.stringContaining('HTTP-response-header-size ({"fieldName":"a","fieldSize":7})'),
		});
	});
});
