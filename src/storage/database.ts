import { openDB, unwrap, wrap, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb';
import { createPageRest, type PageRest } from './page-rest';

/** A database that this browser keeps for the page. */
export interface Database<Schema extends DBSchema> {
	/**
	 * Does something with the database, which is opened at the first use. `work` must bear being begun anew: where the page is put aside
	 * meanwhile, its transaction is ended, and it is done once more when the page is back. Rejects where the browser keeps nothing, and,
	 * with `patienceMs`, where it did not answer for so long: that is for what a person waits for and can do without. Such an expiry
	 * leaves the mark `expiryMark` in the page's timeline.
	 */
	use<T>(
		work: (db: IDBPDatabase<Schema>) => Promise<T>,
		options?: { readonly patienceMs?: number },
	): Promise<T>;
}

/** Name of the mark (User Timing) of every patience that ran out. */
export const expiryMark = 'tapedeck:database-expired';

/** Name of the error that says so. */
const lateName = 'TimeoutError';

/** A database by its name. `upgrade` makes its stores, or changes those of an older version. */
export function createDatabase<Schema extends DBSchema>(
	name: string,
	version: number,
	upgrade: NonNullable<OpenDBCallbacks<Schema>['upgrade']>,
	rest: PageRest = pageRest(),
): Database<Schema> {
	let opened: Promise<IDBPDatabase<Schema>> | null = null;

	function open(): Promise<IDBPDatabase<Schema>> {
		opened ??= openDB<Schema>(name, version, {
			upgrade: (db, from, to, transaction, event) => {
				rest.watch(unwrap(transaction));
				return upgrade(db, from, to, transaction, event);
			},
			// A newer page in another tab has to be able to go on.
			blocking: () => void opened?.then((db) => db.close()).finally(() => (opened = null)),
			terminated: () => (opened = null),
		}).then((db) => {
			watchTransactions(unwrap(db), rest);
			return db;
		});
		opened.catch(() => (opened = null));
		return opened;
	}

	async function perform<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
		for (;;) {
			await rest.over();
			const rests = rest.count;
			try {
				return await work(await open());
			} catch (error) {
				// What the rest of the page ended is begun anew after it; what failed by itself is not.
				if (rest.count === rests) throw error;
			}
		}
	}

	return {
		use(work, { patienceMs } = {}) {
			const done = perform(work);
			if (patienceMs === undefined) return done;
			let timer: ReturnType<typeof setTimeout> | undefined;
			const late = new Promise<never>((_, reject) => {
				timer = setTimeout(() => {
					performance.mark(expiryMark);
					reject(Object.assign(new Error(`The database ${name} does not answer.`), { name: lateName }));
				}, patienceMs);
			});
			return Promise.race([done, late]).finally(() => clearTimeout(timer));
		},
	};
}

/** Every transaction of a connection, those of its shortcuts too, comes out of this one function. */
function watchTransactions(db: IDBDatabase, rest: PageRest): void {
	const begin = db.transaction.bind(db);
	db.transaction = (...of: Parameters<IDBDatabase['transaction']>) => {
		const transaction = rest.watch(begin(...of));
		// Whoever waited for a request of it is told by that; nobody waits for the whole then.
		(wrap(transaction) as unknown as { done: Promise<void> }).done.catch(() => {});
		return transaction;
	};
}

let shared: PageRest | undefined;
/** One for all databases of the page. */
const pageRest = () => (shared ??= createPageRest(globalThis));
