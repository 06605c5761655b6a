import type { Problem, RuleRef } from '../policy/types';

/** One mount of a service. Sources and targets are as written, with their variables put in. */
export type ComposeMount = {
	/** Absolute path in the container. */
	readonly target: string;
	readonly write: boolean;
	readonly rule: RuleRef;
} & (
	| {
			readonly kind: 'bind';
			/** Absolute, relative to the compose file, or under `~`. */
			readonly source: string;
			/** A source that is not there is made, as a directory. */
			readonly makesSource: boolean;
	  }
	/** A volume that the runtime keeps, or a tmpfs: empty at first. */
	| { readonly kind: 'empty' }
	/** A file whose content is the value of a variable of the shell, as a secret may be. */
	| { readonly kind: 'variable'; readonly key: string }
	| { readonly kind: 'text'; readonly text: string }
);

/** What a compose file says of one service, as far as it decides what the service can reach. */
export interface ComposeService {
	readonly name: string;
	/** Where the root file system is made read-only; null where it is writable. */
	readonly readOnly: RuleRef | null;
	readonly mounts: readonly ComposeMount[];
	/** Whether the service reaches hosts outside, and what says so; a rule on line 0 where nothing does. */
	readonly network: { readonly open: boolean; readonly rule: RuleRef };
	/** In order; a null value is taken from the shell. */
	readonly environment: readonly {
		readonly key: string;
		readonly value: string | null;
		readonly rule: RuleRef;
	}[];
	readonly envFiles: readonly { readonly path: string; readonly required: boolean; readonly rule: RuleRef }[];
	readonly memory: { readonly bytes: number; readonly rule: RuleRef } | null;
}

/** A compose file as it was read. */
export interface ReadCompose {
	/** Names of all services, in order. */
	readonly services: readonly string[];
	/** The chosen one; null where there is an error, or none. */
	readonly service: ComposeService | null;
	readonly problems: readonly Problem[];
}
