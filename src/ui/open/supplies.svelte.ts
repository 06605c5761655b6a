import { unshared } from '../../core/unshared';
import { SvelteMap } from 'svelte/reactivity';
import { binaryOf } from '../../component/assemble';
import { sha256Hex } from '../../component/digest';
import { fileTooLargeMessage } from '../../component/size-limit';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import type { Scenario, ScenarioSummary } from '../../core/scenario';
import type { FetchSource } from '../../deck/scenario';

/** Bytes that this browser already has under a digest; null where it has none. */
export type KnownBytes = (sha256: string) => Promise<Uint8Array | null>;

/** The file with this digest in an archive, such as a pulled artifact; null where what was supplied is no archive. */
async function inArchive(
	file: File,
	wanted: string | undefined,
): Promise<Result<Uint8Array<ArrayBuffer> | null, string>> {
	const { spreadFiles } = await import('../../artifact/spread-files');
	const spread = await spreadFiles([{ path: file.name, file }]);
	if (!spread.ok) return spread;
	const [only] = spread.value;
	if (only?.name === file.name && spread.value.length === 1) return ok(null);
	for (const { bytes } of spread.value)
		if (wanted !== undefined && (await sha256Hex(bytes)) === wanted) return ok(bytes);
	return err(
		`${file.name} is an archive, and ${wanted === undefined ? 'nothing says which file of it is meant' : `no file in it has the digest ${wanted}`}.`,
	);
}

/** The bytes of a scenario's components that need no fetching: files that a person supplied for it, and what this browser has already. */
export class Supplies {
	readonly #knownBytes: KnownBytes;
	readonly #files = new SvelteMap<string, { readonly name: string; readonly bytes: Uint8Array }>();
	#known = $state.raw<readonly string[]>([]);

	constructor(knownBytes: KnownBytes) {
		this.#knownBytes = knownBytes;
	}

	/** Forgets what was supplied: another scenario is asked about. */
	clear() {
		this.#files.clear();
		this.#known = [];
	}

	/** The file of a component of a scenario; bytes of another than it names are refused. `isStill` is asked after each wait. */
	async take(
		scenario: Scenario,
		id: string,
		file: File,
		isStill: () => boolean,
	): Promise<Result<void, string>> {
		const wanted = scenario.components.find((component) => component.id === id)?.sha256;
		const packed = await inArchive(file, wanted);
		if (!isStill()) return ok(undefined);
		if (!packed.ok) return packed;
		if (!packed.value && file.size > most.componentFileBytes) return err(fileTooLargeMessage(file.size));
		const came = packed.value ?? new Uint8Array(await file.arrayBuffer());
		const binary = await binaryOf(came);
		if (!isStill()) return ok(undefined);
		if (!binary.ok) return binary;
		const bytes = unshared(binary.value);
		const found = await sha256Hex(bytes);
		// A text is a component by what it stands for, and may be named by either digest.
		const written = bytes === came ? found : await sha256Hex(came);
		if (!isStill()) return ok(undefined);
		if (wanted && wanted !== found && wanted !== written)
			return err(
				`${file.name} is not the component ${id} of this scenario: its digest is ${found}, and the scenario names ${wanted}.`,
			);
		this.#files.set(id, { name: file.name, bytes });
		return ok(undefined);
	}

	/** Looks for bytes that are here already, which nobody has to supply or fetch. True where there are some. */
	async lookUp(scenario: Scenario, isStill: () => boolean): Promise<boolean> {
		const digests = scenario.components.flatMap(({ sha256 }) => sha256 ?? []);
		const found = await Promise.all(
			digests.map(async (digest) => ((await this.#knownBytes(digest)) ? digest : null)),
		);
		const known = found.filter((digest) => digest !== null);
		if (!isStill() || known.length === 0) return false;
		this.#known = known;
		return true;
	}

	/** Where the bytes of a component that is to be supplied are; null where they are still missing. */
	of(id: string, sha256: string | null | undefined): string | null {
		return (
			this.#files.get(id)?.name ??
			(sha256 && this.#known.includes(sha256) ? 'a component with this digest, which is here already' : null)
		);
	}

	/** The file that is still to be supplied, by the name that the scenario has for it. */
	missingFrom(summary: ScenarioSummary): string | null {
		const missing = summary.components.find(
			({ id, supply, sha256 }) => supply !== null && this.of(id, sha256) === null,
		);
		return missing?.supply ?? null;
	}

	/** Gets bytes from here where they are, else by `fetchSource`. */
	before(scenario: Scenario, fetchSource: FetchSource): FetchSource {
		return async (source, options) => {
			const supplied = this.#files.get(options.id);
			if (supplied) return ok(supplied.bytes);
			const digest = scenario.components.find(({ id }) => id === options.id)?.sha256;
			const known = digest ? await this.#knownBytes(digest) : null;
			return known ? ok(known) : fetchSource(source, options);
		};
	}
}
