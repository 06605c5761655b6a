import { propertyOf } from '../../core/property-of';
import { IoError } from '../io/error';

/** `wasi:http/types.error-code`, as it is thrown or returned. */
export interface ErrorCode {
	readonly tag: string;
	readonly val?: unknown;
}

/** Every case, and what stands for its payload where none that fits was given. */
const cases = new Map<string, (payload: unknown) => unknown>();
const none = () => undefined;
const integer = (payload: unknown) =>
	typeof payload === 'bigint' ? payload : typeof payload === 'number' ? BigInt(payload) : undefined;
const small = (payload: unknown) => (typeof payload === 'number' ? payload : undefined);
const text = (payload: unknown) => (typeof payload === 'string' ? payload : undefined);
const record = (payload: unknown) => (typeof payload === 'object' && payload !== null ? payload : {});
const optionalRecord = (payload: unknown) =>
	typeof payload === 'object' && payload !== null ? payload : undefined;

for (const tag of [
	'DNS-timeout',
	'destination-not-found',
	'destination-unavailable',
	'destination-IP-prohibited',
	'destination-IP-unroutable',
	'connection-refused',
	'connection-terminated',
	'connection-timeout',
	'connection-read-timeout',
	'connection-write-timeout',
	'connection-limit-reached',
	'TLS-protocol-error',
	'TLS-certificate-error',
	'HTTP-request-denied',
	'HTTP-request-length-required',
	'HTTP-request-method-invalid',
	'HTTP-request-URI-invalid',
	'HTTP-request-URI-too-long',
	'HTTP-response-incomplete',
	'HTTP-response-timeout',
	'HTTP-upgrade-failed',
	'HTTP-protocol-error',
	'loop-detected',
	'configuration-error',
])
	cases.set(tag, none);
cases
	.set('DNS-error', record)
	.set('TLS-alert-received', record)
	.set('HTTP-request-body-size', integer)
	.set('HTTP-request-header-section-size', small)
	.set('HTTP-request-header-size', optionalRecord)
	.set('HTTP-request-trailer-section-size', small)
	.set('HTTP-request-trailer-size', record)
	.set('HTTP-response-header-section-size', small)
	.set('HTTP-response-header-size', record)
	.set('HTTP-response-body-size', integer)
	.set('HTTP-response-trailer-section-size', small)
	.set('HTTP-response-trailer-size', record)
	.set('HTTP-response-transfer-coding', text)
	.set('HTTP-response-content-coding', text)
	.set('internal-error', text);

/** Makes an error code that the generated code can read out of whatever failed; what is none becomes an `internal-error`. */
export function toErrorCode(failure: unknown): ErrorCode {
	const tag = propertyOf(failure, 'tag');
	const payload = typeof tag === 'string' ? cases.get(tag) : undefined;
	if (payload && typeof tag === 'string') return { tag, val: payload(propertyOf(failure, 'val')) };
	return { tag: 'internal-error', val: text(tag) ?? text(propertyOf(failure, 'message')) };
}

/** An error code in words: its name, with what it carries in parentheses. */
export function errorWords({ tag, val }: ErrorCode): string {
	if (val === undefined) return tag;
	const words =
		typeof val === 'string'
			? val
			: JSON.stringify(val, (_key, item: unknown) => (typeof item === 'bigint' ? Number(item) : item));
	return words === '{}' ? tag : `${tag} (${words})`;
}

/** `http-error-code`: the HTTP side of a stream's failure, if it has one. */
export function httpErrorCode(error: IoError): ErrorCode | undefined {
	const cause = IoError.causeOf(error);
	return cause instanceof HttpCause ? cause.code : undefined;
}

/** Marks the cause of an `IoError` as an HTTP error code. */
export class HttpCause {
	constructor(readonly code: ErrorCode) {}
}
