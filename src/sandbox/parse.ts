import { isRecord } from '../core/is-record';
import { namesIn } from '../core/names-in';
import { hostCallReasons, type HostCall } from '../core/activity';
import { defaultLimits, type LimitName, type PortRequest } from '../core/call';
import type { FileChange } from '../core/files';
import type { CrossAnswer, Crossing, CrossValue } from '../core/link';
import type { RuleRef } from '../core/policy/types';
import {
	wireLimits,
	type Batch,
	type BatchCalls,
	type BatchItem,
	type ResultText,
	type RunOutcome,
	type RunReport,
} from './protocol';
import { ProtocolError } from './rpc';

/*
 * What the page accepts of a sandbox. The component may have written any of it: each value is taken apart and put together again, field
 * by field, and what does not fit ends the call with a `ProtocolError`.
 */

type Parser<T> = (value: unknown) => T;

const refuse = (what: string): never => {
	throw new ProtocolError(`not ${what}`);
};

const string =
	(most: number): Parser<string> =>
	(value) =>
		typeof value === 'string' && value.length <= most
			? value
			: refuse(`a text of at most ${most} characters`);
const amount: Parser<number> = (value) =>
	typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : refuse('an amount');
const whole: Parser<number> = (value) =>
	typeof value === 'number' && Number.isSafeInteger(value) ? value : refuse('a whole number');
const bytes: Parser<Uint8Array> = (value) => (value instanceof Uint8Array ? value : refuse('bytes'));
const boolean: Parser<boolean> = (value) => (typeof value === 'boolean' ? value : refuse('true or false'));
const oneOf =
	<T extends string>(...texts: readonly T[]): Parser<T> =>
	(value) =>
		texts.find((text) => text === value) ?? refuse(`one of ${texts.join(', ')}`);
const nullable =
	<T>(parse: Parser<T>): Parser<T | null> =>
	(value) =>
		value === null ? null : parse(value);
const optional =
	<T>(parse: Parser<T>): Parser<T | undefined> =>
	(value) =>
		value === undefined ? undefined : parse(value);
const list =
	<T>(parse: Parser<T>, most: number): Parser<readonly T[]> =>
	(value) =>
		Array.isArray(value) && value.length <= most ? value.map((item) => parse(item)) : refuse('a short list');

const fields = (value: unknown): { readonly [key: string]: unknown } =>
	isRecord(value) ? value : refuse('a record');

const path = string(4096);
const text = string(wireLimits.message);

const parseRule: Parser<RuleRef> = (value) => {
	const { text, line } = fields(value);
	return { text: string(65_536)(text), line: whole(line) };
};

const reason = oneOf<HostCall['reason']>(...hostCallReasons);

const parseHead: Parser<BatchCalls['heads'][number]> = (value) => {
	const call = fields(value);
	return {
		capability: oneOf('storage', 'network', 'environment', 'clock', 'random', 'output')(call.capability),
		operation: string(wireLimits.word)(call.operation),
		outcome: oneOf('allow', 'deny')(call.outcome),
		rule: nullable(parseRule)(call.rule),
		reason: reason(call.reason),
		result: optional(string(wireLimits.word))(call.result),
		detail: optional(string(wireLimits.detail))(call.detail),
		duration: optional(amount)(call.duration),
		access: optional(oneOf('read', 'write'))(call.access),
	};
};

const parseOther: Parser<Batch['others'][number]> = (value) => {
	const item = fields(value);
	if (item.kind === 'piece') {
		const piece = fields(item.piece);
		return {
			kind: 'piece',
			piece: {
				count: amount(piece.count),
				of: oneOf('values', 'bytes')(piece.of),
				text: string(wireLimits.piece)(piece.text),
			},
		};
	}
	return {
		kind: oneOf('output')(item.kind),
		stream: oneOf('stdout', 'stderr')(item.stream),
		bytes: bytes(item.bytes),
	};
};

const parseTargets = list(string(wireLimits.target), wireLimits.batch);
const parseHeads = list(parseHead, wireLimits.batch);
const parseOthers = list(parseOther, wireLimits.batch);
const parseRows = list((value) => value, 3 * wireLimits.batch);

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return refuse('JSON');
	}
}

/** The items of a batch, in order. */
export const parseBatch: Parser<readonly BatchItem[]> = (value) => {
	const batch = fields(value);
	const calls = fields(parseJson(string(wireLimits.text)(batch.calls)));
	const heads = parseHeads(calls.heads);
	const targets = parseTargets(calls.targets);
	const rows = parseRows(calls.rows);
	const others = parseOthers(batch.others).values();
	const items: BatchItem[] = [];
	for (let at = 0; at < rows.length; at += 3) {
		if (rows[at] === -1) {
			items.push(others.next().value ?? refuse('an output'));
			continue;
		}
		const head = heads[amount(rows[at])] ?? refuse('a head');
		const target = targets[amount(rows[at + 1])] ?? refuse('a target');
		items.push({ kind: 'call', call: { ...head, target, at: amount(rows[at + 2]) } });
	}
	return items;
};

const parseHeader: Parser<readonly [string, string]> = (value) => {
	const [name, content, ...more] = list(string(wireLimits.header), 2)(value);
	return name !== undefined && content !== undefined && more.length === 0
		? [name, content]
		: refuse('a header');
};

export const parseRequest: Parser<PortRequest> = (value) => {
	const { method, url, headers, body, timeouts } = fields(value);
	const { connectMs, firstByteMs, betweenBytesMs } = fields(timeouts);
	return {
		method: string(wireLimits.word)(method),
		url: string(wireLimits.url)(url),
		headers: list(parseHeader, wireLimits.headers)(headers),
		body: nullable(bytes)(body),
		timeouts: {
			connectMs: nullable(amount)(connectMs),
			firstByteMs: nullable(amount)(firstByteMs),
			betweenBytesMs: nullable(amount)(betweenBytesMs),
		},
	};
};

export const parseResponseId = whole;

/** A call of what another component provides. Its arguments are held against their types by who knows them. */
export const parseCrossing: Parser<Crossing> = (value) => {
	const { import: from, fn, args } = fields(value);
	return {
		import: whole(from),
		fn: whole(fn),
		args: list((arg) => arg as CrossValue, wireLimits.parameters)(args),
	};
};

/** How a provider answered; what it gave is held against its type by who knows that. */
export const parseCrossAnswer: Parser<CrossAnswer> = (value) => {
	const answer = fields(value);
	return boolean(answer.ok)
		? { ok: true, value: (answer.value ?? null) as CrossValue }
		: { ok: false, message: text(answer.message) };
};

const parseExtent = (value: unknown) => {
	const extent = fields(value);
	return { offset: amount(extent.offset), bytes: bytes(extent.bytes) };
};

const parseChange: Parser<FileChange> = (value) => {
	const change = fields(value);
	switch (change.kind) {
		case 'write':
			return {
				kind: 'write',
				path: path(change.path),
				content: bytes(change.content),
				modified: amount(change.modified),
			};
		case 'patch':
			return {
				kind: 'patch',
				path: path(change.path),
				size: amount(change.size),
				extents: list(parseExtent, 65_536)(change.extents),
				modified: amount(change.modified),
			};
		case 'directory':
			return { kind: 'directory', path: path(change.path), modified: amount(change.modified) };
		case 'symlink':
			return {
				kind: 'symlink',
				path: path(change.path),
				target: path(change.target),
				modified: amount(change.modified),
			};
		case 'remove':
			return { kind: 'remove', path: path(change.path) };
		case 'move':
			return { kind: 'move', from: path(change.from), to: path(change.to) };
		default:
			return refuse('a change to a file');
	}
};

const parseResult: Parser<ResultText> = (value) => {
	const result = fields(value);
	const utf8 = bytes(result.utf8);
	if (utf8.byteLength > wireLimits.result) refuse('a result of a size that crosses');
	return { utf8, bigints: boolean(result.bigints) };
};

const limit = oneOf<LimitName>(...namesIn(defaultLimits), 'files');

const parseOutcome: Parser<RunOutcome> = (value) => {
	const outcome = fields(value);
	switch (outcome.status) {
		case 'returned':
			return { status: 'returned', json: parseResult(outcome.json), isErr: boolean(outcome.isErr) };
		case 'exited':
			return { status: 'exited', code: whole(outcome.code) };
		case 'limited':
			return { status: 'limited', limit: limit(outcome.limit), message: text(outcome.message) };
		case 'trapped':
			return { status: 'trapped', message: text(outcome.message) };
		case 'failed':
			return { status: 'failed', message: text(outcome.message) };
		default:
			return refuse('an outcome');
	}
};

/** What a call changed, a part of it. */
export const parseChanges = list(parseChange, wireLimits.changesAtOnce);

const parseRead: Parser<readonly [string, Uint8Array]> = (value) => {
	const [name, content, ...more] = list((each) => each, 2)(value);
	return more.length === 0
		? [string(wireLimits.word)(name), bytes(content)]
		: refuse('a value that was read');
};

export const parseReport: Parser<RunReport> = (value) => {
	const report = fields(value);
	return {
		outcome: parseOutcome(report.outcome),
		instantiateMs: amount(report.instantiateMs),
		runMs: amount(report.runMs),
		hostMs: amount(report.hostMs),
		hostCalls: amount(report.hostCalls),
		peakMemoryBytes: amount(report.peakMemoryBytes),
		changes: parseChanges(report.changes),
		state: list(parseRead, wireLimits.reads)(report.state),
	};
};
