import type { LoadedComponent, LoadStep, Program } from '../component/program';
import type { CallOutcome, CallReport, CallSetup, HostPorts } from '../core/call';
import type { Result } from '../core/result';
import type { ServedPart } from '../sandbox/served-part';
import type { ComponentSource } from './contents';
import type { FetchLive } from './network';

/** The source of a component that was written here. */
export type AuthoredSource = Extract<ComponentSource, { readonly author: unknown }>['author'];

/** What a deck is made of; the page joins them. */
export interface DeckParts {
	/** Bytes to everything known of a component, save its id. The error says what the bytes are and what to do. */
	readonly loadComponent: (
		bytes: Uint8Array,
		options: { onStep?: (step: LoadStep, detail?: string) => void; signal?: AbortSignal },
	) => Promise<Result<Omit<LoadedComponent, 'id'>, string>>;
	/** Runs one call in a sandbox of its own; settles whatever happens. */
	readonly run: (
		program: Program,
		setup: CallSetup,
		ports: Pick<HostPorts, 'record' | 'output' | 'piece' | 'request' | 'cross' | 'dropped'>,
		options: { signal?: AbortSignal },
	) => Promise<CallReport>;
	/** Has a program run for others in a sandbox of its own; linked components cannot be called without it. */
	readonly serve?: (
		program: Program,
		setup: CallSetup,
		ports: Pick<HostPorts, 'record' | 'output' | 'request' | 'cross' | 'dropped'>,
		options: { signal?: AbortSignal },
	) => ServedPart;
	/** Makes components of the sources of tools that were written here; sources are refused without it. */
	readonly author?: {
		/** What a source's tools are, without running anything of it. The error is a sentence. */
		readonly describe: (
			source: AuthoredSource,
		) => Promise<Result<Pick<LoadedComponent, 'tools' | 'wit'>, string>>;
		/** The error is a sentence that names the line. */
		readonly build: (
			source: AuthoredSource,
			/** `callMs`: milliseconds that the top level may take, as a call may. */
			options: { readonly signal?: AbortSignal; readonly callMs?: number },
		) => Promise<Result<Uint8Array, string>>;
	};
	/** Told which program the next call will most likely be of. */
	readonly prepare?: (program: Program) => void;
	readonly fetchLive: FetchLive;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
	/** Milliseconds since the epoch. */
	readonly wallNow: () => number;
	/** Told when a call starts (`outcome` is null then; the call waits for what is returned), and how it ended. */
	readonly watchCall?: (call: {
		readonly tool: string;
		readonly outcome: CallOutcome | 'replaced' | null;
	}) => void | Promise<void>;
	/** Runs a task later, after so many milliseconds. */
	readonly schedule: (task: () => void, milliseconds: number) => void;
	readonly wait: (milliseconds: number) => Promise<void>;
}
