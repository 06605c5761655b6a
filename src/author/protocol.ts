import type { Result } from '../core/result';
import type { ReadState } from '../core/call';
import type { EngineKind } from './engines';
import type { BuildProblem } from './problem';

/** What the page asks of the builder's worker, one at a time. */
export type BuilderRequest =
	| { readonly ask: 'describe'; readonly wit: string; readonly imports: readonly string[] }
	| {
			readonly ask: 'link';
			readonly wit: string;
			readonly imports: readonly string[];
			readonly kind: EngineKind;
	  }
	/** Of what was linked last. */
	| { readonly ask: 'snapshot'; readonly state: ReadState };

export interface BuilderAnswers {
	/** The world's package with all that it uses, as WIT, and the engine that it needs. */
	readonly describe: { readonly wit: string; readonly kind: EngineKind };
	/** A component whose state can be read, what its `init` takes first, and what that is called. */
	readonly link: { readonly bytes: Uint8Array; readonly shim: string; readonly init: string };
	readonly snapshot: { readonly bytes: Uint8Array };
}

export type BuilderReply =
	| { readonly type: 'fetching'; readonly received: number; readonly total: number }
	| { readonly type: 'done'; readonly result: Result<BuilderAnswers[keyof BuilderAnswers], BuildProblem> };
