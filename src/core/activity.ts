import type { CallOutcome, CallTimes, LimitName } from './call';
import { reasonCodes } from './policy/reason-codes';
import type { EngineId, RuleRef } from './policy/types';
import type { Json } from './wit/types';

/** `link` is a call of what another component provides. */
export type Capability = 'storage' | 'network' | 'environment' | 'clock' | 'random' | 'output' | 'link';

/** One import that a guest called and that reaches the outside. */
export interface HostCall {
	readonly capability: Capability;
	/** The WASI function in words, such as `open-at read`, `GET`, `get-environment`. */
	readonly operation: string;
	/** Path, URL, key or stream, whole. */
	readonly target: string;
	readonly outcome: 'allow' | 'deny';
	readonly rule: RuleRef | null;
	/** A policy reason, or `not-governed` for what no policy speaks of (clock, random, output), or `socket`, `decoy`, `stand-in`, `forged`, `linked`. */
	readonly reason: (typeof hostCallReasons)[number];
	/** How it ended where that is not the decision itself: a WASI error code, an HTTP status, or `cors`. */
	readonly result?: string;
	/** More words for the opened row. */
	readonly detail?: string;
	/** Milliseconds since the call started. */
	readonly at: number;
	/** Milliseconds it took, where it took time. */
	readonly duration?: number;
	/** The storage access asked for, where it is storage. */
	readonly access?: 'read' | 'write';
}

/** A host call as the record keeps it: who established it, and under which call, component and engine. */
export interface HostCallEntry extends HostCall {
	readonly kind: 'host-call';
	readonly id: number;
	readonly callId: number;
	readonly tool: string;
	readonly component: string;
	readonly engine: EngineId;
	readonly source: 'page' | 'sandbox';
	/** Changes whenever the component's policy text, the engine or the world changes: an entry with an older one is out of date. */
	readonly revision: number;
}

/** A tool call. It is added when it starts and replaced, same id, when it ends. */
export interface ToolCallEntry {
	readonly kind: 'tool-call';
	readonly id: number;
	readonly callId: number;
	readonly tool: string;
	readonly component: string;
	readonly engine: EngineId;
	readonly arguments: Json;
	readonly status: 'running' | 'result' | 'err' | 'error' | 'stopped';
	/** How it came to that, where it has ended: `refused` is a call that never started. */
	readonly end?: CallOutcome['status'] | 'refused';
	/** The limit that ended it, where one did. */
	readonly limit?: LimitName;
	/** The engine would not have loaded the component: it was played all the same, because a person said so. */
	readonly notLoadedThere?: true;
	/** Who made it, where it was no person and no script at this page. */
	readonly by?: 'agent';
	/** The first words of the result or the error. */
	readonly summary: string;
	/** Milliseconds since the session began. */
	readonly at: number;
	readonly duration?: number;
	/** Its parts, where it ran and ended. */
	readonly times?: CallTimes;
	/** As that of its host calls. */
	readonly revision: number;
}

/** Guest output, as written. */
export interface OutputEntry {
	readonly kind: 'output';
	readonly id: number;
	readonly callId: number;
	readonly tool: string;
	readonly component: string;
	readonly stream: 'stdout' | 'stderr';
	readonly text: string;
	readonly at: number;
}

export type ActivityEntry = ToolCallEntry | HostCallEntry | OutputEntry;

/** Every reason that a host call may carry: those of the policy, and those that no policy speaks of. */
export const hostCallReasons = [
	...reasonCodes,
	'not-governed',
	'socket',
	'decoy',
	'stand-in',
	'forged',
	'linked',
] as const;
