import { propertyOf } from '../../core/property-of';
import type { Descriptor } from '../filesystem/descriptor';
import type {
	Advice,
	DescriptorFlags,
	DescriptorStat,
	DescriptorType,
	MetadataHashValue,
	NewTimestamp,
	OpenFlags,
	PathFlags,
} from '../filesystem/wasi';
import { dispose } from '../io/dispose';
import { IoError } from '../io/error';
import type { HostImports } from '../types';
import { giveStream, giveValues, takeStream, type Outcome } from './streams';

/** A case of a variant. */
interface Case {
	readonly tag: string;
	readonly val?: unknown;
}

/** What 0.2 calls `unknown` and 0.3 does not. */
const typeCase = (type: DescriptorType): Case =>
	type === 'unknown' ? { tag: 'other', val: undefined } : { tag: type };

/** A code of 0.2, where it is an enum, as the case of the variant that it is in 0.3. What is none is an end of the call, and goes on. */
function codeCase(error: unknown): Case {
	if (typeof error !== 'string') throw error;
	return error === 'would-block' ? { tag: 'other', val: error } : { tag: error };
}

/** The same for the failure of a stream. */
function streamCode(error: unknown): Case {
	if (typeof error === 'string') return codeCase(error);
	const [tag, val] = [propertyOf(error, 'tag'), propertyOf(error, 'val')];
	const cause = tag === 'last-operation-failed' && val instanceof IoError ? IoError.causeOf(val) : null;
	const code = propertyOf(cause, 'filesystem');
	return typeof code === 'string' ? codeCase(code) : { tag: 'io' };
}

/** Runs an operation of 0.2; what it throws comes out as 0.3 has it. */
function attempt<T>(operation: () => T): T {
	try {
		return operation();
	} catch (error) {
		throw codeCase(error);
	}
}

const statOf = (stat: DescriptorStat) => ({ ...stat, type: typeCase(stat.type) });

/** `wasi:filesystem/types.descriptor` of 0.3: the one of 0.2, which decides and records, asked in another way. */
export class Descriptor3 {
	readonly #two: Descriptor;

	private constructor(two: Descriptor) {
		this.#two = two;
	}

	/** For hosts. */
	static over(two: Descriptor): Descriptor3 {
		return new Descriptor3(two);
	}

	readViaStream(offset: bigint): [AsyncIterable<unknown>, Promise<Outcome<Case>>] {
		try {
			return giveStream(this.#two.readViaStream(offset), streamCode);
		} catch (error) {
			return [nothing(), Promise.resolve({ tag: 'err', val: codeCase(error) })];
		}
	}

	writeViaStream(data: unknown, offset: bigint): Promise<Outcome<Case>> {
		return takeStream(data, () => this.#two.writeViaStream(offset), streamCode);
	}

	appendViaStream(data: unknown): Promise<Outcome<Case>> {
		return takeStream(data, () => this.#two.appendViaStream(), streamCode);
	}

	readDirectory(): [AsyncIterable<unknown>, Promise<Outcome<Case>>] {
		try {
			const entries = this.#two.readDirectory();
			const next = () => {
				const entry = entries.readDirectoryEntry();
				return entry ? { ...entry, type: typeCase(entry.type) } : null;
			};
			return [
				giveValues<object>(next, () => entries[dispose]()),
				Promise.resolve({ tag: 'ok', val: undefined }),
			];
		} catch (error) {
			return [nothing(), Promise.resolve({ tag: 'err', val: codeCase(error) })];
		}
	}

	async advise(offset: bigint, length: bigint, advice: Advice): Promise<void> {
		attempt(() => this.#two.advise(offset, length, advice));
	}

	async syncData(): Promise<void> {
		attempt(() => this.#two.syncData());
	}

	async sync(): Promise<void> {
		attempt(() => this.#two.sync());
	}

	async getFlags(): Promise<DescriptorFlags> {
		return attempt(() => this.#two.getFlags());
	}

	async getType(): Promise<Outcome<Case, Case>> {
		return { tag: 'ok', val: typeCase(attempt(() => this.#two.getType())) };
	}

	async setSize(size: bigint): Promise<void> {
		attempt(() => this.#two.setSize(size));
	}

	async setTimes(accessed: NewTimestamp, modified: NewTimestamp): Promise<void> {
		attempt(() => this.#two.setTimes(accessed, modified));
	}

	async createDirectoryAt(path: string): Promise<void> {
		attempt(() => this.#two.createDirectoryAt(path));
	}

	async stat() {
		return statOf(attempt(() => this.#two.stat()));
	}

	async statAt(flags: PathFlags, path: string) {
		return statOf(attempt(() => this.#two.statAt(flags, path)));
	}

	async setTimesAt(
		flags: PathFlags,
		path: string,
		accessed: NewTimestamp,
		modified: NewTimestamp,
	): Promise<void> {
		attempt(() => this.#two.setTimesAt(flags, path, accessed, modified));
	}

	async linkAt(flags: PathFlags, oldPath: string, target: Descriptor3, newPath: string): Promise<void> {
		attempt(() => this.#two.linkAt(flags, oldPath, target.#two, newPath));
	}

	async openAt(
		pathFlags: PathFlags,
		path: string,
		openFlags: OpenFlags,
		flags: DescriptorFlags,
	): Promise<Descriptor3> {
		return new Descriptor3(attempt(() => this.#two.openAt(pathFlags, path, openFlags, flags)));
	}

	async readlinkAt(path: string): Promise<string> {
		return attempt(() => this.#two.readlinkAt(path));
	}

	async removeDirectoryAt(path: string): Promise<void> {
		attempt(() => this.#two.removeDirectoryAt(path));
	}

	async renameAt(oldPath: string, target: Descriptor3, newPath: string): Promise<void> {
		attempt(() => this.#two.renameAt(oldPath, target.#two, newPath));
	}

	async symlinkAt(oldPath: string, newPath: string): Promise<void> {
		attempt(() => this.#two.symlinkAt(oldPath, newPath));
	}

	async unlinkFileAt(path: string): Promise<void> {
		attempt(() => this.#two.unlinkFileAt(path));
	}

	async isSameObject(other: Descriptor3): Promise<boolean> {
		return this.#two.isSameObject(other.#two);
	}

	async metadataHash(): Promise<MetadataHashValue> {
		return attempt(() => this.#two.metadataHash());
	}

	async metadataHashAt(flags: PathFlags, path: string): Promise<MetadataHashValue> {
		return attempt(() => this.#two.metadataHashAt(flags, path));
	}

	[dispose](): void {
		this.#two[dispose]();
	}
}

async function* nothing(): AsyncGenerator<never, void, undefined> {}

/** `wasi:filesystem` 0.3 over 0.2: the same files, the same rules and the same decisions. */
export function createFilesystem3(two: HostImports): HostImports {
	const { getDirectories } = two['wasi:filesystem/preopens'] as {
		getDirectories: () => [Descriptor, string][];
	};
	return {
		'wasi:filesystem/types@0.3': { Descriptor: Descriptor3 },
		'wasi:filesystem/preopens@0.3': {
			getDirectories: () =>
				getDirectories().map(([directory, path]) => [Descriptor3.over(directory), path] as const),
		},
	};
}
