import { isRecord } from '../core/is-record';
import { readAccessRequest as readAccessRequest } from '../core/policy';
import type { AccessRequest } from '../core/policy/types';
import { err, ok, type Result } from '../core/result';
import type { Json } from '../core/wit/types';

/** The version of the messages between a page and the embedded page in it. A message of another one is not answered. */
export const protocolVersion = 1;

/** What a page can ask for; see docs/embedding.md. */
export type EmbedRequest =
	| { readonly method: 'hello' }
	| {
			readonly method: 'decide';
			readonly request: AccessRequest;
			readonly policy: string;
			readonly engine?: string;
	  }
	| { readonly method: 'open'; readonly scenario: string | object }
	| { readonly method: 'load'; readonly bytes: Uint8Array; readonly id: string }
	| { readonly method: 'setPolicy'; readonly component: string; readonly policy: string }
	| { readonly method: 'setEngine'; readonly engine: string }
	| {
			readonly method: 'callTool';
			readonly tool: string;
			readonly arguments: { readonly [name: string]: Json };
	  }
	| {
			readonly method: 'height' | 'activity' | 'scenario' | 'link' | 'subscribe' | 'unsubscribe';
	  };

/** A request that came, with what to answer it by. */
export interface EmbedMessage {
	readonly id: string | number;
	readonly request: Result<EmbedRequest, string>;
}

/** An answer, or something that happened. Nothing else is ever sent. */
export type EmbedReply =
	| { readonly tapedeck: 1; readonly id: string | number; readonly ok: true; readonly result: unknown }
	| { readonly tapedeck: 1; readonly id: string | number; readonly ok: false; readonly error: string }
	| { readonly tapedeck: 1; readonly event: 'activity'; readonly entries: readonly unknown[] }
	| { readonly tapedeck: 1; readonly event: 'height'; readonly height: number };

/** Reads what a page sent; null where it is no message to us, which is then passed over. */
export function readMessage(data: unknown): EmbedMessage | null {
	if (!isRecord(data) || data['tapedeck'] !== protocolVersion) return null;
	const { id, method, params = [] } = data;
	if (typeof id !== 'number' && !(typeof id === 'string' && id.length <= 128)) return null;
	if (typeof method !== 'string') return null;
	return { id, request: Array.isArray(params) ? readCall(method, params) : err('`params` is no list.') };
}

function readCall(method: string, [first, second]: readonly unknown[]): Result<EmbedRequest, string> {
	switch (method) {
		case 'hello':
		case 'height':
		case 'activity':
		case 'scenario':
		case 'link':
		case 'subscribe':
		case 'unsubscribe':
			return ok({ method });
		case 'open':
			if (typeof first === 'string') return ok({ method, scenario: first });
			return isRecord(first)
				? plain(first, (scenario) => ({ method, scenario }))
				: err('open takes a scenario.');
		case 'load':
			return first instanceof Uint8Array && isName(second)
				? ok({ method, bytes: first.slice(), id: second })
				: err('load takes bytes (Uint8Array) and an id of up to 128 characters.');
		case 'setPolicy':
			return isName(first) && typeof second === 'string'
				? ok({ method, component: first, policy: second })
				: err('setPolicy takes the id of a component and a text.');
		case 'setEngine':
			return isName(first) ? ok({ method, engine: first }) : err('setEngine takes the name of an engine.');
		case 'callTool':
			if (!isName(first) || !isRecord(second ?? {})) return err('callTool takes a name and an object.');
			return plain(second ?? {}, (args) => ({ method, tool: first, arguments: args }));
		case 'decide': {
			const request = readAccessRequest(first);
			const options = isRecord(second) ? second : {};
			const { policy, engine } = options;
			if (!request.ok || typeof policy !== 'string')
				return err('decide takes a request and { policy, engine? }.');
			return ok({ method, request: request.value, policy, ...(isName(engine) && { engine }) });
		}
		default:
			return err(`There is no method ${method.slice(0, 64)}.`);
	}
}

/** Arrays and objects within each other; as deep as JSON may be elsewhere. */
const deepest = 64;

/** A value rebuilt as plain JSON: no cycles, no prototypes, nothing that JSON does not have, save bigints. */
function plain(
	value: object,
	make: (json: { readonly [name: string]: Json }) => EmbedRequest,
): Result<EmbedRequest, string> {
	const json = rebuilt(value, 0);
	return json === undefined
		? err('This holds what JSON cannot say, or is nested too deep.')
		: ok(make(json as { readonly [name: string]: Json }));
}

/** Undefined where there is something in it that is no JSON; a member that is undefined itself is left out. */
function rebuilt(value: unknown, depth: number): Json | undefined {
	if (value === null || ['string', 'boolean', 'bigint'].includes(typeof value)) return value as Json;
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value !== 'object' || depth >= deepest) return undefined;
	const members = Object.entries(value).filter(([, member]) => Array.isArray(value) || member !== undefined);
	const inner = members.map(([key, member]) => [key, rebuilt(member, depth + 1)] as const);
	if (inner.some(([, member]) => member === undefined)) return undefined;
	return Array.isArray(value)
		? inner.map(([, member]) => member as Json)
		: (Object.fromEntries(inner) as Json);
}

const isName = (value: unknown): value is string =>
	typeof value === 'string' && value !== '' && value.length <= 128;
