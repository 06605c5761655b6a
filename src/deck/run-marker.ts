import { isRecord } from '../core/is-record';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { CallOutcome } from '../core/call';
import { createDatabase } from '../storage/database';

/** A run that did not end by itself. */
export interface UnfinishedRun {
	readonly tool: string;
	/** Why it had to be stopped; null where it was still running when the page went away. */
	readonly why: string | null;
}

interface Schema extends DBSchema {
	/** By session. */
	runs: { key: string; value: UnfinishedRun };
}

/** How long a call waits for the database: a mark that cannot be made is done without. */
const patienceMs = 1000;

/**
 * Remembers, for each session, a run that is under way or had to be stopped. A mark is on its way to the disk before its run begins, and
 * nothing of the page is needed for it to arrive: what a browser holds back for a while, such as `localStorage`, is gone where the run ends it. Where nothing can be kept, nothing is remembered and nothing fails.
 */
export class RunMarker {
	readonly #database = createDatabase<Schema>('tapedeck-runs', 1, (db) => void db.createObjectStore('runs'));
	#session = '';
	#underWay = 0;

	/** The session that runs are remembered for. */
	follow(session: string): void {
		this.#session = session;
	}

	/** Told of every call's start and end; what it returns at the start is to be waited for. */
	readonly watch = ({
		tool,
		outcome,
	}: {
		tool: string;
		outcome: CallOutcome | 'replaced' | null;
	}): Promise<void> => {
		if (outcome === null) {
			this.#underWay += 1;
			return this.#write({ tool, why: null });
		}
		this.#underWay = Math.max(0, this.#underWay - 1);
		const why = outcome === 'replaced' ? null : whyStopped(outcome);
		if (why !== null) return this.#write({ tool, why });
		return outcome !== 'replaced' && outcome.status === 'returned' ? this.#forgetSoon() : this.forget();
	};

	/** In a task of its own: who waits for the result has it first. The mark of a run that began meanwhile stays. */
	async #forgetSoon(): Promise<void> {
		const session = this.#session;
		await new Promise((resolve) => setTimeout(resolve));
		if (this.#underWay === 0 || this.#session !== session) await this.#remove(session);
	}

	async unfinished(session: string): Promise<UnfinishedRun | null> {
		const kept: unknown = await this.#try((db) => db.get('runs', session));
		if (!isRecord(kept)) return null;
		const { tool, why } = kept;
		return typeof tool === 'string' ? { tool, why: typeof why === 'string' ? why : null } : null;
	}

	forget = (): Promise<void> => this.#remove(this.#session);

	async #remove(session: string): Promise<void> {
		await this.#try((db) => db.delete('runs', session));
	}

	/** Forgets the runs of all sessions. */
	async clear(): Promise<void> {
		await this.#try((db) => db.clear('runs'));
	}

	async #write(run: UnfinishedRun): Promise<void> {
		const session = this.#session;
		if (session === '') return;
		await this.#try(async (db) => {
			const transaction = db.transaction('runs', 'readwrite', { durability: 'strict' });
			transaction.store.put(run, session).catch(() => {});
			// The browser has all of it now. A run that ends the page, however soon, does not call it back; to await the disk would cost each run more than it takes itself.
			transaction.commit();
		});
	}

	async #try<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> {
		try {
			return await this.#database.use(work, { patienceMs });
		} catch {
			// Without it the next start is no different from any other.
			return undefined;
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
