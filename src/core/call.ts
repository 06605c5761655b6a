import type { HostCall } from './activity';
import type { FileChange, FileTree } from './files';
import type { Decision, Grants } from './policy/types';
import type { CrossAnswer, Crossing } from './link';
import type { WitItem } from './wit/parse-wit';
import type { Json, WitFunction } from './wit/types';

/** Bounds on one call. Reaching one ends the call with a message that names it. */
export interface Limits {
	/** Wall-clock milliseconds, at most 120,000. */
	readonly callMs: number;
	/** Linear memory of all the guest's modules together, in bytes. */
	readonly memoryBytes: number;
	/** Bytes of stdout and stderr together. */
	readonly outputBytes: number;
	/** HTTP requests. */
	readonly requests: number;
	/** Bytes of HTTP response bodies together. */
	readonly responseBytes: number;
	/** Bytes of files in the granted trees together. */
	readonly fileBytes: number;
}

/** A limit by its name: one of those that can be set, or `files`, the number of files and directories, which cannot. */
export type LimitName = keyof Limits | 'files';

export const defaultLimits: Limits = {
	callMs: 30_000,
	memoryBytes: 256 * 2 ** 20,
	outputBytes: 256 * 2 ** 10,
	requests: 64,
	responseBytes: 32 * 2 ** 20,
	fileBytes: 64 * 2 ** 20,
};

/** What a tool is called with: a JSON value by name. */
export type Arguments = { readonly [name: string]: Json };

/** What host calls answer from, beside files, variables and the network: plain data. */
export interface Surroundings {
	readonly arguments: readonly string[];
	/** `live`, or nanoseconds since the epoch that the wall clock shows at the start of the call. */
	readonly clock: 'live' | { readonly startNs: bigint };
	readonly random: 'live' | { readonly seed: string };
	/** Show a decoy root, so that paths outside every preopen are recorded. */
	readonly decoyRoot: boolean;
	readonly stdin: Uint8Array;
}

/** One call as it is handed to a sandbox, beside the program. It holds only what the grants cover. */
export interface CallSetup {
	readonly function: WitFunction;
	/** One JSON value per parameter, by WIT name, already known to fit. */
	readonly arguments: Arguments;
	readonly grants: Grants;
	readonly files: FileTree;
	/** Granted variables only. */
	readonly variables: readonly (readonly [key: string, value: string])[];
	readonly surroundings: Surroundings;
	readonly limits: Limits;
	/** Imports that nobody provides and that get plain default answers; without it they are missing, and the call fails. */
	readonly standIns?: readonly StandIn[];
	/** Imports that other components provide; a call of one goes through the page, which has the provider answer it. */
	readonly links?: readonly StandIn[];
	/** What is provided to other components, where the program runs for them: then no function is called by itself. */
	readonly serves?: readonly WitItem[];
	/** Functions without parameters to call once the function has returned, each a number or a list of bytes; their values are the report's `state`. */
	readonly reads?: readonly WitFunction[];
}

/** An import that nobody provides, with its types. */
export interface StandIn extends Pick<WitItem, 'kind' | 'functions' | 'resources'> {
	/** What the program looks it up by in its imports object: one of `Program.imports`. */
	readonly key: string;
}

/** A request as the sandbox sends it to the page. Header values are bytes read as Latin-1. */
export interface PortRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: readonly (readonly [name: string, value: string])[];
	readonly body: Uint8Array | null;
	readonly timeouts: {
		readonly connectMs: number | null;
		readonly firstByteMs: number | null;
		readonly betweenBytesMs: number | null;
	};
}

/** The page's answer: a response whose body is read in chunks, or a `wasi:http` error code (`{ tag, val }`, as jco shapes it). */
export type PortResponse =
	| {
			readonly ok: true;
			readonly status: number;
			readonly headers: readonly (readonly [name: string, value: string])[];
			/** The next chunk, or null at the end; rejects with an `HttpFailure` when the transfer breaks. */
			readonly read: () => Promise<Uint8Array | null>;
			readonly cancel: () => void;
			/** What differs from a native host, in words: headers that a browser does not let a page send. */
			readonly note?: string;
	  }
	| {
			readonly ok: false;
			readonly error: HttpFailure;
			/** A second request that the page sent of its own accord, to explain the failure. */
			readonly probe?: Probe;
	  };

/** A request of the page's own, sent because a component's had failed: for the head of the same URL, its answer unread. */
export interface Probe {
	/** The decision under which it was sent. */
	readonly decision: Decision;
	/** Whether a server answered. */
	readonly isThere: boolean;
	/** Milliseconds that it took. */
	readonly duration: number;
}

export interface HttpFailure {
	/** A case of `wasi:http/types.error-code`, such as `HTTP-request-denied` or `connection-refused`. */
	readonly tag: string;
	readonly val?: unknown;
	/** What is known of the cause beyond what WASI has a case for. A CORS failure is no denial. */
	readonly cause?:
		'cors' | 'mixed-content' | 'redirect' | 'own-origin' | 'offline' | 'unreachable' | 'unread';
	/** The cause in words, for the record; the guest does not see it. */
	readonly detail?: string;
}

/** What came of the streams that a function returned since it was told last, while the call runs. */
export interface StreamPiece {
	/** Values, or bytes of a stream of bytes. */
	readonly count: number;
	readonly of: 'values' | 'bytes';
	/** Values as JSON with commas between them, bytes as text; of many the last. */
	readonly text: string;
}

/** What the host inside a sandbox needs from around it. */
export interface HostPorts {
	/** Records a host call; cheap, batched by whoever implements it. */
	readonly record: (call: HostCall) => void;
	/** Guest output as it is written. */
	readonly output: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;
	/** Told how the streams of a result grow; few times a second. */
	readonly piece?: (piece: StreamPiece) => void;
	/** Sends a request to the page, which decides on it again. */
	readonly request: (request: PortRequest) => Promise<PortResponse>;
	/** Has another component answer a call of an import that it provides. */
	readonly cross?: (crossing: Crossing) => Promise<CrossAnswer>;
	/** Told that a resource of another component is done with, by the number that it was given for. */
	readonly dropped?: (resource: number) => void;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
	/** Milliseconds since the epoch. */
	readonly wallNow: () => number;
	readonly randomBytes: (length: number) => Uint8Array;
}

/** How a call ended. */
export type CallOutcome =
	/** The function returned; `json` is its result as Wassette turns it to JSON (null without a result). A WIT `err` is a result. */
	| { readonly status: 'returned'; readonly json: Json; readonly isErr: boolean }
	/** The guest trapped, or its result could not be read. */
	| { readonly status: 'trapped'; readonly message: string }
	/** `wasi:cli/exit`. */
	| { readonly status: 'exited'; readonly code: number }
	/** A limit of ours ended it: `limit` names it. */
	| { readonly status: 'limited'; readonly limit: LimitName; readonly message: string }
	/** Stop was pressed, or the request was cancelled. */
	| { readonly status: 'stopped' }
	/** The sandbox itself failed: it crashed, broke the protocol or never started. */
	| { readonly status: 'failed'; readonly message: string };

/** Milliseconds of each part of a call, and counts. */
export interface CallTimes {
	readonly startMs: number;
	readonly instantiateMs: number;
	readonly runMs: number;
	/** Of `runMs`, spent in host calls that waited. */
	readonly hostMs: number;
	readonly hostCalls: number;
	readonly peakMemoryBytes: number;
}

export interface CallReport {
	readonly outcome: CallOutcome;
	readonly times: CallTimes;
	/** Changes to the granted files, in order; empty where the call did not end by itself. */
	readonly changes: readonly FileChange[];
	/** What was read after the call, by the functions' names: bytes as they are, numbers in little-endian bytes. Empty where nothing was. */
	readonly state?: ReadState;
}

/** What functions without parameters gave, by their names. */
export type ReadState = readonly (readonly [name: string, bytes: Uint8Array])[];
