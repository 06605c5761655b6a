/** What an engine does where engines differ: decisions first, then how it answers over MCP. */
export interface EngineTraits {
	/** How rules are read: `release` as Wassette's code does, `documented` as its documentation promises. */
	readonly rules: 'release' | 'documented';
	/** `resources.limits.memory` bounds the guest. */
	readonly memoryLimit: boolean;
	/** `access: [write]` alone gives files that can be written and not read. */
	readonly writeOnly: boolean;
	/** Files move, and are linked, between granted directories of which only one can be read. */
	readonly movesBetweenRights: boolean;
	/** A component with no policy attached gets every configured variable, and its secrets. */
	readonly unattachedGetsVariables: boolean;
	/** A component gets all its secrets, also those that `environment.allow` does not list. */
	readonly secretsBypassPolicy: boolean;
	/** A policy found in an OCI artifact is attached without asking. */
	readonly attachesBundledPolicy: boolean;
	/** What a policy text that does not parse leaves: the component is as one without a policy, or it is given nothing. */
	readonly brokenPolicy: 'no-policy' | 'nothing';
	/** The versions of `wasi:config` that components are given. */
	readonly config: readonly string[];
	/** A component is loaded only where everything it imports is among what the release provides. */
	readonly refusesMissing: boolean;

	/** Arguments are judged to the letter: no missing option, no flags as an object, no words for floats. */
	readonly exactArguments: boolean;
	/** Results carry structured content, and tools an output schema around `result`. */
	readonly structured: boolean;
	/** Objects in texts have their keys in the order of the alphabet. */
	readonly sortedKeys: boolean;
	/** Exponents of floats have a plus sign: `1e+16`. */
	readonly exponents: 'plus' | 'bare';
	/** Tools are described by the documentation of their functions. */
	readonly describesTools: boolean;
	/** Revoke, reset and search are among the built-in tools. */
	readonly revokes: boolean;
	/** `reset-permission` takes the whole policy away, and `revoke-…` makes an empty one where there is none. */
	readonly resetRemovesPolicy: boolean;
	/** `grant-storage-permission` takes a missing `access` for an empty list, which the next change of the policy then stumbles over. */
	readonly grantsWithoutAccess: boolean;
	/**
	 * When a trap is reported as a denied network request: `never`; `any-denial` where some request of the call was denied;
	 * `last-denial` where the last one was.
	 */
	readonly denialText: 'never' | 'any-denial' | 'last-denial';
	/** Errors carry their causes, not only their outermost message. */
	readonly causes: boolean;
	/** The server lists its two prompts. */
	readonly prompts: boolean;
	/** The version of the library that its server is made with, which settles what it declares; null for this project's own. */
	readonly serverLibrary: '0.9.1' | '3.5.0' | null;
}
