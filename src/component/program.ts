import type { StandIn } from '../core/call';
import type { Tool } from '../core/wit/types';

/** What a sandbox runs: a component's generated code and core modules. Plain data. */
export interface Program {
	/** An ES module with `export function instantiate(getCoreModule, imports)`. */
	readonly source: string;
	/** File name (as `getCoreModule` asks for it) to bytes. */
	readonly modules: readonly (readonly [name: string, bytes: Uint8Array])[];
	/** The keys that `instantiate` reads from its imports object, such as `wasi:io/streams`. */
	readonly imports: readonly string[];
	/** `jspi`: blocking imports may return promises and every export does. `sync`: neither. */
	readonly mode: 'jspi' | 'sync';
}

/** Everything that is known of a component after loading it. */
export interface LoadedComponent {
	readonly id: string;
	readonly sha256: string;
	/** Size of the binary in bytes. */
	readonly size: number;
	readonly program: Program;
	readonly tools: readonly Tool[];
	/** WIT text of its world, as printed from the binary. */
	readonly wit: string;
	/** Imports that nobody here provides, by name; a call would fail. */
	readonly missing: readonly string[];
	/** The same with their types: what plain default answers can be made of. */
	readonly standIns: readonly StandIn[];
	/** Things worth telling: an exported resource that Wassette cannot call, a stripped section. */
	readonly notes: readonly string[];
}

/** The steps of loading, in order, for naming progress. */
export type LoadStep =
	| 'checking'
	/** What was made of it when the site was built. */
	| 'fetching the program'
	| 'fetching the transpiler'
	| 'reading types'
	| 'transpiling';
