import { GuestExit, LimitReached, ReplayFailed, type GuestEnd, type Host } from '../../host/types';
import { wireLimits, type RunOutcome } from '../protocol';
import type { Memories } from './memories';
import { trapWords } from './trap-words';

/** The module that a program's source is. */
export interface ProgramModule {
	/** Keys of its exports that are others than WIT's names make them; see `safe-names`. */
	readonly renamed?: unknown;
	instantiate(
		getCoreModule: (name: string) => Promise<WebAssembly.Module>,
		imports: Host['imports'],
		instantiateCore: Memories['instantiate'],
	): unknown;
}

/** How a call ends that the host itself ended. */
export function outcomeOf(end: GuestEnd): RunOutcome {
	if (end instanceof LimitReached) return { status: 'limited', limit: end.limit, message: clip(end.message) };
	if (end instanceof GuestExit) return { status: 'exited', code: end.code };
	if (end instanceof ReplayFailed) return { status: 'failed', message: clip(end.message) };
	return trapped(end);
}

/** A guest that threw. */
export const trapped = (error: unknown): RunOutcome => ({
	status: 'trapped',
	message: clip(messageOf(error)),
});

/** What an engine calls a trap, without the stack, which shows our code and not the guest's. */
export function messageOf(error: unknown): string {
	const words = trapWords(error);
	if (words !== null) return words;
	const message = error instanceof Error ? error.message : String(error);
	return message || 'The component trapped.';
}

/** A message as long as one that crosses may be. */
export const clip = (text: string) => text.slice(0, wireLimits.message);
