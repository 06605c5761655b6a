import type { Result } from '../core/result';
import type { LoadStep, Program } from './program';
import type { TranspiledComponent } from './transpile';

/** The one message to a transpiler worker. */
export interface TranspileRequest {
	/** Without what nothing needs; its buffer is handed over. */
	readonly bytes: Uint8Array;
	/** Bytes of the component as it came. */
	readonly size: number;
	readonly mode: Program['mode'];
}

/** What comes back: steps, then one result. */
export type TranspileReply =
	/** It could not fetch what it needs, and never will: one started ahead of time is of no use. */
	| { readonly type: 'unusable' }
	/** It has what it needs. */
	| { readonly type: 'ready' }
	| { readonly type: 'step'; readonly step: LoadStep; readonly detail?: string }
	| { readonly type: 'done'; readonly result: Result<TranspiledComponent, string> };
