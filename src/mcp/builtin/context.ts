import type { Result } from '../../core/result';
import type { Deck, DeckComponent } from '../../deck/deck';
import type { AttachmentTimes } from './attachment-times';
import type { Arguments } from '../../core/call';
import type { BuiltinOutcome } from './outcome';

/** A component that `search-components` finds and `load-component` takes by its `uri`. */
export interface RegistryEntry {
	readonly name: string;
	readonly description: string;
	readonly uri: string;
}

/** What the built-in tools work on. */
export interface BuiltinPorts {
	readonly deck: Deck;
	/** Gets a component from where `path` points (`https://`, `oci://`, `sample:`) and loads it into the deck. */
	readonly loadFrom: (path: string, signal: AbortSignal) => Promise<Result<DeckComponent, string>>;
	/** What can be searched now. */
	readonly registry: readonly RegistryEntry[] | (() => readonly RegistryEntry[]);
	/** Milliseconds since the epoch. */
	readonly wallNow: () => number;
}

/** The ports, and what is remembered between calls. */
export interface BuiltinContext extends BuiltinPorts {
	readonly attached: AttachmentTimes;
}

/** One built-in tool. Aborting the signal ends what it waits for. */
export type BuiltinTool = (
	context: BuiltinContext,
	args: Arguments,
	signal: AbortSignal,
) => BuiltinOutcome | Promise<BuiltinOutcome>;
