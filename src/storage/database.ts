import { openDB, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb';

/** A database that this browser keeps for the page. */
export interface Database<Schema extends DBSchema> {
	/**
	 * Does something with the database, which is opened at the first use. Rejects where the browser keeps nothing, and, with `patienceMs`,
	 * where it did not answer for so long: that is for what a person waits for and can do without.
	 */
	use<T>(
		work: (db: IDBPDatabase<Schema>) => Promise<T>,
		options?: { readonly patienceMs?: number },
	): Promise<T>;
}

/** A database by its name. `upgrade` makes its stores, or changes those of an older version. */
export function createDatabase<Schema extends DBSchema>(
	name: string,
	version: number,
	upgrade: NonNullable<OpenDBCallbacks<Schema>['upgrade']>,
): Database<Schema> {
	let opened: Promise<IDBPDatabase<Schema>> | null = null;

	function open(): Promise<IDBPDatabase<Schema>> {
		opened ??= openDB<Schema>(name, version, {
			upgrade,
			// A newer page in another tab has to be able to go on.
			blocking: () => void opened?.then((db) => db.close()).finally(() => (opened = null)),
			terminated: () => (opened = null),
		});
		opened.catch(() => (opened = null));
		return opened;
	}

	return {
		async use(work, { patienceMs } = {}) {
			const release = holdPage();
			const done = open().then(work).finally(release);
			if (patienceMs === undefined) return done;
			let timer: ReturnType<typeof setTimeout> | undefined;
			const late = new Promise<never>((_, reject) => {
				timer = setTimeout(() => reject(new Error(`The database ${name} does not answer.`)), patienceMs);
			});
			return Promise.race([done, late]).finally(() => clearTimeout(timer));
		},
	};
}

let uses = 0;

const nothing = () => {};

/**
 * Until it is released, a page that is left is ended and not put aside. WebKit puts a page aside with its transaction open, and then every
 * later page waits for that one for ever. Chromium ends such a page by itself, and does not care for this event any more.
 */
function holdPage(): () => void {
	const isEndedAnyway = typeof document === 'undefined' || 'featurePolicy' in document;
	if (isEndedAnyway) return nothing;
	if (uses++ === 0) addEventListener('unload', nothing);
	return () => {
		if (--uses === 0) removeEventListener('unload', nothing);
	};
}
