import type { DBSchema, IDBPDatabase } from 'idb';
import { createDatabase } from '../storage/database';
import type { Program } from './program';
import { isTranspiled } from './is-transpiled';
import type { TranspiledComponent } from './transpile';

/** What the transpiler made of components that were loaded before. No method ever rejects: where nothing can be kept, nothing is found. */
export interface ProgramCache {
	/** What was made of the component with this digest; null where nothing is kept that can be used. */
	get(sha256: string): Promise<TranspiledComponent | null>;
	put(sha256: string, made: TranspiledComponent): Promise<void>;
	/** Forgets everything. */
	clear(): Promise<void>;
}

export interface ProgramCacheOptions {
	/** Names exactly the transpiler that programs are made by: what another one made is not used, and forgotten. */
	readonly transpiler: string;
	readonly mode: Program['mode'];
	/** Bytes that are kept at most; default 64 MiB. What was not used for longest goes first. */
	readonly maxBytes?: number;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
}

/** How long a load waits for what is kept: making it anew takes about as long. */
const patienceMs = 3000;

interface Use {
	readonly key: string;
	readonly bytes: number;
	/** Milliseconds since the epoch. */
	readonly usedAt: number;
}

interface Schema extends DBSchema {
	programs: { key: string; value: unknown };
	uses: { key: string; value: Use };
}

/**
 * A cache in IndexedDB, opened at its first use. What is in it is handed to a sandbox as a fresh program would be, and never evaluated
 * on the page.
 */
export function createProgramCache(options: ProgramCacheOptions): ProgramCache {
	const { transpiler, mode, maxBytes = 64 * 2 ** 20, now } = options;
	const prefix = `${transpiler} ${mode} `;
	const database = createDatabase<Schema>('tapedeck-programs', 1, (db) => {
		db.createObjectStore('programs');
		db.createObjectStore('uses', { keyPath: 'key' });
	});

	return {
		async get(sha256) {
			const key = prefix + sha256;
			const read = async (db: IDBPDatabase<Schema>) => {
				const transaction = db.transaction(['programs', 'uses'], 'readwrite');
				const [made, use] = await Promise.all([
					transaction.objectStore('programs').get(key),
					transaction.objectStore('uses').get(key),
				]);
				if (use) await transaction.objectStore('uses').put({ ...use, usedAt: now() });
				await transaction.done;
				return isTranspiled(made, mode) ? made : null;
			};
			try {
				return await database.use(read, { patienceMs });
			} catch {
				return null;
			}
		},
		async put(sha256, made) {
			const key = prefix + sha256;
			const bytes = bytesOf(made);
			if (bytes > maxBytes) return;
			const write = async (db: IDBPDatabase<Schema>) => {
				const transaction = db.transaction(['programs', 'uses'], 'readwrite');
				const [programs, uses] = [transaction.objectStore('programs'), transaction.objectStore('uses')];
				await programs.put(made, key);
				await uses.put({ key, bytes, usedAt: now() });
				for (const gone of outstaying(await uses.getAll(), prefix, maxBytes)) {
					await programs.delete(gone);
					await uses.delete(gone);
				}
				await transaction.done;
			};
			try {
				await database.use(write);
			} catch {
				// It is made again next time.
			}
		},
		async clear() {
			const empty = async (db: IDBPDatabase<Schema>) => {
				const transaction = db.transaction(['programs', 'uses'], 'readwrite');
				await transaction.objectStore('programs').clear();
				await transaction.objectStore('uses').clear();
				await transaction.done;
			};
			try {
				await database.use(empty);
			} catch {
				// There is nothing to forget where nothing can be kept.
			}
		},
	};
}

/** The keys of what has to go: what is not under `prefix`, and then what was not used for longest, until the rest fits. */
export function outstaying(uses: readonly Use[], prefix: string, maxBytes: number): readonly string[] {
	let total = 0;
	return uses
		.toSorted((a, b) => b.usedAt - a.usedAt)
		.filter(({ key, bytes }) => !key.startsWith(prefix) || (total += bytes) > maxBytes)
		.map(({ key }) => key);
}

/** About what it takes up: characters may take two bytes. */
const bytesOf = ({ program, wit }: TranspiledComponent): number =>
	2 * (program.source.length + wit.length) +
	program.modules.reduce((sum, [, bytes]) => sum + bytes.length, 0);
