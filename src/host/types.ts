import type { CallSetup, HostPorts, PortResponse, LimitName, PortRequest } from '../core/call';
import type { FileChange } from '../core/files';
import type { ServiceExchange, ServiceAnswer, ServiceRequest } from './http/service';
import type { PartResources } from './part-resources';
import type { ReplayAttempt } from './replay/attempt';

/** An object as jco's `instantiate` wants it: import key (`wasi:io/streams`) to functions and resource classes, camelCase. */
export type HostImports = Record<string, Record<string, unknown>>;

/** The world of one call, made afresh for it. */
export interface Host {
	readonly imports: HostImports;
	/** Its resources that other components know of, and theirs that it knows of. */
	readonly resources: PartResources;
	/** What the handler of an HTTP service is called with to answer a request. */
	serve(request: ServiceRequest): ServiceExchange;
	/** The same for a handler of WASI 0.3: what it is called with, and what its response says. */
	readonly serve3: {
		requestOf(request: ServiceRequest): unknown;
		answerOf(response: unknown): Promise<ServiceAnswer>;
	};
	/** What the guest changed in the granted files so far, in order. */
	changes(): readonly FileChange[];
	/** How many host calls were answered, and milliseconds spent in those that waited. */
	counters(): { readonly hostCalls: number; readonly waitedMs: number };
	/** Why the host ended the call, if it did: the first reason counts, whatever the guest made of the exception. */
	ended(): GuestEnd | null;
	/**
	 * Resolves with `ended()` as soon as there is one. Race the call against it: generated code never settles when an asynchronous
	 * import without a result type fails, so an end that falls in one is seen here and nowhere else.
	 */
	readonly whenEnded: Promise<GuestEnd>;
	/** Hands over what is still held back: the counts of repeated host calls. Call it once, when the call is over. */
	finish(): void;
}

/** Every way the host itself ends a call. */
export type GuestEnd = LimitReached | GuestExit | GuestTrap | NeedsReplay | ReplayFailed;

/** Thrown through the guest when a limit is reached: the runner turns it into the call's outcome. */
export class LimitReached extends Error {
	override readonly name = 'LimitReached';
	constructor(
		readonly limit: LimitName,
		message: string,
	) {
		super(message);
	}
}

/** Thrown through the guest by `wasi:cli/exit`. */
export class GuestExit extends Error {
	override readonly name = 'GuestExit';
	constructor(readonly code: number) {
		super(`exit ${code}`);
	}
}

/** Thrown through the guest where WASI says that a call traps, such as `poll` on an empty list. */
export class GuestTrap extends Error {
	override readonly name = 'GuestTrap';
}

/** Thrown through the guest where it has to wait and cannot be suspended: the call is to be run again when `answered` resolves. */
export class NeedsReplay extends Error {
	override readonly name = 'NeedsReplay';
	constructor(
		/** Waits for what the guest waits for. Call it once, when the guest has left the stack. */
		readonly answered: () => Promise<void>,
	) {
		super('the call is run again once the answer is there');
	}
}

/** Thrown through the guest where its call cannot be run again; the message is for people. */
export class ReplayFailed extends Error {
	override readonly name = 'ReplayFailed';
}

export interface HostOptions {
	/** The run of the call that this host is for, where the guest cannot be suspended. Its ports are the host's. */
	readonly attempt?: ReplayAttempt;
	/** Timers to wait with; the ambient ones unless a test brings its own. */
	readonly timers?: Timers;
}

/** Timers as the platform has them. */
export interface Timers {
	readonly set: (callback: () => void, ms: number) => unknown;
	readonly clear: (handle: unknown) => void;
}

/** The ports as the host uses them: what they will answer need not be told by a promise. */
export type GuestPorts = Omit<HostPorts, 'request'> & {
	readonly request: (request: PortRequest) => PromiseLike<PortResponse>;
};

export type CreateHost = (setup: CallSetup, ports: GuestPorts, options?: HostOptions) => Host;
