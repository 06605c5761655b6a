import type { LoadedComponent, LoadStep, Program } from '../component/program';
import type { CallOutcome, CallReport, CallSetup, HostPorts } from '../core/call';
import type { Result } from '../core/result';
import type { FetchLive } from './network';

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
		ports: Pick<HostPorts, 'record' | 'output' | 'piece' | 'request'>,
		options: { signal?: AbortSignal },
	) => Promise<CallReport>;
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
