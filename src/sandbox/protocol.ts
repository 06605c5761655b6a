import type { HostCall } from '../core/activity';
import type { CallSetup, ReadState, HttpFailure, LimitName, PortRequest, StreamPiece } from '../core/call';
import type { FileChange, FileNode } from '../core/files';
import type { CrossAnswer, Crossing } from '../core/link';
import type { Program } from '../component/program';
import type { FilePiece } from './file-pieces';

/**
 * Everything that crosses between the page and the two documents it frames: the runner, where a component runs, and the broker, which
 * performs live requests. `wire.ts` says how a value travels, `rpc.ts` how a call is answered, `parse.ts` what the page accepts.
 */

/** What the page asks of a runner. A runner serves one call and is thrown away. */
export type RunnerCalls = {
	/** Contents of files, ahead of the call that has these files without them. */
	files(pieces: readonly FilePiece[]): null;
	run(job: Job): RunReport;
	/** Runs a program for others: it is instantiated, and answers what they call until `end`. */
	serve(job: Job): null;
	invoke(crossing: Crossing): CrossAnswer;
	end(): RunReport;
};

/** What the page tells a runner ahead of its call. */
export type RunnerNews = {
	/** The code of the program that the call will most likely be of. Its modules are compiled; nothing is evaluated or instantiated. */
	prepare(code: ProgramCode): void;
	/** Another component has done with a resource of this one's. */
	release(resource: number): void;
};

/** What a runner asks of the page. */
export type PageCalls = {
	request(request: PortRequest): ResponseHead;
	/** The next chunk of a response's body, or null at its end; at most one at a time for each response. */
	read(response: number): BodyChunk;
	cancel(response: number): null;
	/** Has another component answer; its own resources are numbered as it likes, others' as they were given to it. */
	cross(crossing: Crossing): CrossAnswer;
};

/** What a runner tells the page while a call runs, in the order in which it happened. */
export type PageNews = {
	batch(batch: Batch): void;
	/** Files that the call changed, in order and in parts, before its report: those in the report come after them. */
	changes(part: readonly FileChange[]): void;
	/** It has done with a resource of another component's. */
	dropped(resource: number): void;
};

export type BatchItem =
	| { readonly kind: 'call'; readonly call: HostCall }
	| { readonly kind: 'output'; readonly stream: 'stdout' | 'stderr'; readonly bytes: Uint8Array }
	| { readonly kind: 'piece'; readonly piece: StreamPiece };

/**
 * What happened in a call, close together: some hundred host calls in a row mostly differ in what they are about and in when they were.
 */
export interface Batch {
	/** JSON of `BatchCalls`: one text costs both ends a small part of what its values would one by one. */
	readonly calls: string;
	/** Outputs and pieces, in order. */
	readonly others: readonly Exclude<BatchItem, { kind: 'call' }>[];
}

export interface BatchCalls {
	/** What host calls have in common, each once. */
	readonly heads: readonly Omit<HostCall, 'target' | 'at'>[];
	readonly targets: readonly string[];
	/** Three numbers for each item, in order: its head, its target, and when it was; minus one, zero and zero for the next of the others. */
	readonly rows: readonly number[];
}

/** What the page asks of a broker. */
export type BrokerCalls = {
	/** Limits, once and for good, what this broker can reach to the given CSP sources. */
	restrict(sources: readonly string[]): null;
	fetch(request: BrokerRequest): BrokerAnswer;
	/** Whether a server answers there, readable or not; asked only of a broker that can reach no other. */
	isThere(url: string): boolean;
	read(response: number): BodyChunk;
	cancel(response: number): null;
};

export interface ProgramCode {
	/** UTF-8 of the program's source. */
	readonly source: Uint8Array;
	readonly modules: Program['modules'];
}

/** One call: a program, and only what the grants cover. */
export interface Job {
	/** Null where it is the code that was prepared. */
	readonly code: ProgramCode | null;
	readonly mode: Program['mode'];
	readonly setup: Omit<CallSetup, 'files'> & { readonly files: readonly (readonly [string, FileNode])[] };
}

/** How a call ended, as the runner tells it. */
export type RunOutcome =
	| { readonly status: 'returned'; readonly json: ResultText; readonly isErr: boolean }
	| { readonly status: 'trapped'; readonly message: string }
	| { readonly status: 'exited'; readonly code: number }
	| { readonly status: 'limited'; readonly limit: LimitName; readonly message: string }
	| { readonly status: 'failed'; readonly message: string };

/** A result as JSON, in UTF-8. Where `bigints` is set, every string in it starts with `s`, or with `n` and is an integer's digits or `-0`. */
export interface ResultText {
	readonly utf8: Uint8Array;
	readonly bigints: boolean;
}

export interface RunReport {
	readonly outcome: RunOutcome;
	readonly instantiateMs: number;
	readonly runMs: number;
	readonly hostMs: number;
	readonly hostCalls: number;
	readonly peakMemoryBytes: number;
	readonly changes: readonly FileChange[];
	/** What was read of it after it returned; empty where nothing was asked for. */
	readonly state: ReadState;
}

export type ResponseHead =
	| {
			readonly ok: true;
			readonly response: number;
			readonly status: number;
			readonly headers: readonly (readonly [name: string, value: string])[];
	  }
	| { readonly ok: false; readonly error: HttpFailure };

export type BodyChunk =
	| { readonly ok: true; readonly bytes: Uint8Array | null }
	| { readonly ok: false; readonly error: HttpFailure };

export interface BrokerRequest extends PortRequest {
	/** Follow redirects; the sources it was restricted to hold every hop. Otherwise a redirect is an error. */
	readonly follow: boolean;
	/** Wait for the answer, and between two parts of it, as long as it takes; default false. */
	readonly patient?: boolean;
}

/** A response's head, and the URL that it came from after redirects. */
export type BrokerAnswer =
	(Extract<ResponseHead, { ok: true }> & { readonly url: string }) | Extract<ResponseHead, { ok: false }>;

/** First and only message that a framed document takes by `window.postMessage`; the port of all the others comes with it. */
export const greeting = 'tapedeck';

/** Messages of one character class of their own: between the page and a framed document, below the calls. */
export const control = {
	/** The document, and the worker in it, are there. */
	ready: '#ready',
	/** The page took one message in: the document may send another. */
	taken: '#taken',
	ping: '#ping',
	pong: '#pong',
	/** Followed by why the document gave up. */
	broken: '#broken ',
} as const;

/** Bounds on what crosses; both ends hold to them, and a message beyond them ends the call. */
export const wireLimits = {
	/** UTF-16 units of one text message. */
	text: 2_000_000,
	/** Bytes of the binary message that may follow it. */
	bytes: 96 * 2 ** 20,
	/** Messages that may be under way to the page without its having taken them in. */
	window: 8,
	/** Messages, and bytes, that may wait for it. */
	waiting: 4096,
	waitingBytes: 128 * 2 ** 20,
	/** Host calls and outputs in one batch. */
	batch: 256,
	/** Changes of files in one message, and of one call. */
	changesAtOnce: 512,
	changes: 65_536,
	/** Bytes of a result as JSON. */
	result: 10_000_000,
	/** Host calls that one call may have recorded; more are counted and not shown. */
	records: 200_000,
	/** Characters of an operation, a method or a short answer. */
	word: 256,
	/** Of a request: characters of its URL, number of its headers, and characters of a name or a value. */
	url: 65_536,
	headers: 512,
	header: 131_072,
	/** Characters of a target and of a detail in the record. */
	target: 8192,
	detail: 4096,
	/** Characters of the words for a piece of a stream. */
	piece: 2048,
	/** Characters of a message that tells how a call ended. */
	message: 4096,
	/** Parameters of a function of another component. */
	parameters: 256,
	/** Values that are read after a call. */
	reads: 1024,
	/** HTTP requests of one call under way at once; the others wait. */
	requestsAtOnce: 4,
} as const;
