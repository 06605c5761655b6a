import { fromBase64, toBase64 } from '../core/base64';
import { concatBytes } from '../core/concat-bytes';
import { MalformedBinary } from './binary';
import { isRecord } from '../core/is-record';
import { isTranspiled } from './is-transpiled';
import { prebuiltVersion, type PrebuiltKey } from './prebuilt-path';
import type { Program } from './program';
import { componentSection, readSections } from './sections';
import { isUnneeded } from './strip';
import type { TranspiledComponent } from './transpile';

/** Part of a core module: a stretch of the component's own bytes, or bytes in base64 that are not in it. */
export type ModulePiece = readonly [offset: number, length: number] | string;

/** What the transpiler made of a component, as a file of the site holds it, as JSON. It takes the component to read it. */
export interface PrebuiltFile {
	readonly version: typeof prebuiltVersion;
	readonly transpiler: string;
	readonly sha256: string;
	readonly made: Omit<TranspiledComponent, 'program'> & {
		readonly program: Omit<Program, 'modules'> & {
			readonly modules: readonly (readonly [name: string, pieces: readonly ModulePiece[]])[];
		};
	};
}

/** The file for what the transpiler made of a component. What its modules share with the component is not written twice. */
export function writePrebuilt(
	made: TranspiledComponent,
	component: Uint8Array,
	{ transpiler, sha256 }: PrebuiltKey,
): PrebuiltFile {
	const cutOut = coreModules(component);
	const { program, ...rest } = made;
	const modules = program.modules.map(([name, bytes]) => [name, piecesOf(bytes, component, cutOut)] as const);
	return {
		version: prebuiltVersion,
		transpiler,
		sha256,
		made: { ...rest, program: { ...program, modules } },
	};
}

/** What a file holds, whole again; null where it is not the file for that key, or does not fit the component. */
export function readPrebuilt(
	file: unknown,
	component: Uint8Array,
	{ transpiler, sha256, mode }: PrebuiltKey,
): TranspiledComponent | null {
	if (!isPrebuilt(file) || file.transpiler !== transpiler || file.sha256 !== sha256) return null;
	const { program, ...rest } = file.made;
	const modules: (readonly [string, Uint8Array])[] = [];
	for (const [name, pieces] of program.modules) {
		const parts = pieces.map((piece) => bytesOf(piece, component));
		if (!parts.every((part) => part !== null)) return null;
		modules.push([name, concatBytes(parts)]);
	}
	const made: unknown = { ...rest, program: { ...program, modules } };
	return isTranspiled(made, mode) && made.size === component.length ? made : null;
}

/** As much of its shape as is looked at before it is put together; the rest is checked then. */
function isPrebuilt(value: unknown): value is PrebuiltFile {
	if (!isRecord(value) || value['version'] !== prebuiltVersion || !isRecord(value['made'])) return false;
	const { program } = value['made'];
	if (!isRecord(program) || !Array.isArray(program['modules'])) return false;
	return program['modules'].every(
		(module: unknown) =>
			Array.isArray(module) && module.length === 2 && Array.isArray(module[1]) && module[1].every(isPiece),
	);
}

const isPiece = (piece: unknown): boolean =>
	typeof piece === 'string' ||
	(Array.isArray(piece) &&
		piece.length === 2 &&
		piece.every((number) => Number.isInteger(number) && number >= 0));

function bytesOf(piece: ModulePiece, component: Uint8Array): Uint8Array | null {
	if (typeof piece === 'string') return /^[A-Za-z0-9+/]*={0,2}$/.test(piece) ? fromBase64(piece) : null;
	const [offset, length] = piece;
	return offset + length <= component.length ? component.subarray(offset, offset + length) : null;
}

/** The core modules in a component and in those nested in it, as stretches of its bytes. */
function coreModules(bytes: Uint8Array): readonly Uint8Array[] {
	try {
		return readSections(bytes).flatMap(({ id, content }) => {
			if (id === componentSection.coreModule) return [withoutTail(content)];
			return id === componentSection.component ? coreModules(content) : [];
		});
	} catch (error) {
		if (error instanceof MalformedBinary) return [];
		throw error;
	}
}

/** A core module up to the custom sections at its end that the transpiler did not see. */
function withoutTail(module: Uint8Array): Uint8Array {
	const last = readSections(module).findLast(({ id, name }) => id !== 0 || !isUnneeded(name ?? ''));
	const end = last ? last.whole.byteOffset + last.whole.length - module.byteOffset : module.length;
	return module.subarray(0, end);
}

/** The module that is most like it gives its beginning and its end; between them are the bounds that were written into it. */
function piecesOf(
	module: Uint8Array,
	component: Uint8Array,
	cutOut: readonly Uint8Array[],
): readonly ModulePiece[] {
	let best = { shared: 0, offset: 0, before: 0, after: 0, length: 0 };
	for (const candidate of cutOut) {
		const most = Math.min(candidate.length, module.length);
		let before = 0;
		while (before < most && candidate[before] === module[before]) before += 1;
		let after = 0;
		while (after < most - before && candidate.at(-1 - after) === module.at(-1 - after)) after += 1;
		const offset = candidate.byteOffset - component.byteOffset;
		if (before + after > best.shared)
			best = { shared: before + after, offset, before, after, length: candidate.length };
	}
	const { offset, before, after, length } = best;
	const between = module.subarray(before, module.length - after);
	const pieces: readonly ModulePiece[] = [
		[offset, before],
		toBase64(between),
		[offset + length - after, after],
	];
	return pieces.filter((piece) => (typeof piece === 'string' ? piece !== '' : piece[1] > 0));
}
