import type { CallOutcome } from '../../core/call';

/** A run that did not end by itself. */
export interface UnfinishedRun {
	readonly tool: string;
	/** Why it had to be stopped; null where it was still running when the page went away. */
	readonly why: string | null;
}

const keyOf = (session: string) => `tapedeck:run:${session}`;

/**
 * Remembers, for each session, a run that is under way or had to be stopped, in a storage that is written at once: a page that is killed
 * has no time for anything else. Where there is no such storage, nothing is remembered and nothing fails.
 */
export class RunMarker {
	#session = '';

	/** The session that runs are remembered for. */
	follow(session: string): void {
		this.#session = session;
	}

	/** Told of every call's start and end. */
	readonly watch = ({ tool, outcome }: { tool: string; outcome: CallOutcome | 'replaced' | null }): void => {
		const why = outcome === null || outcome === 'replaced' ? null : whyStopped(outcome);
		if (outcome === null) this.#write({ tool, why: null });
		else if (why !== null) this.#write({ tool, why });
		else this.forget();
	};

	unfinished(session: string): UnfinishedRun | null {
		try {
			const kept: unknown = JSON.parse(localStorage.getItem(keyOf(session)) ?? 'null');
			if (typeof kept !== 'object' || kept === null) return null;
			const { tool, why } = kept as Record<string, unknown>;
			return typeof tool === 'string' ? { tool, why: typeof why === 'string' ? why : null } : null;
		} catch {
			return null;
		}
	}

	forget(): void {
		try {
			localStorage.removeItem(keyOf(this.#session));
		} catch {
			// What cannot be written was never there.
		}
	}

	#write(run: UnfinishedRun): void {
		try {
			localStorage.setItem(keyOf(this.#session), JSON.stringify(run));
		} catch {
			// Without it the next start is no different from any other.
		}
	}
}

function whyStopped(outcome: CallOutcome): string | null {
	switch (outcome.status) {
		case 'stopped':
			return 'It was stopped.';
		case 'limited':
		case 'failed':
			return outcome.message;
		case 'returned':
		case 'trapped':
		case 'exited':
			return null;
	}
}

/** Says why a start was quiet. */
export const quietWords = ({ tool, why }: UnfinishedRun): string =>
	why === null
		? `The last run of ${tool} was still under way when this page went away, so nothing was loaded or run by itself.`
		: `The last run of ${tool} had to be stopped, so nothing was loaded or run by itself. ${why}`;
