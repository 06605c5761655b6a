import { isWasmLayer, readManifest } from '../core/artifact';
import { err, ok, type Result } from '../core/result';
import { sha256Hex } from '../component/digest';
import { heldWords, type HeldTo } from './by-hand';

/** A file that a person brought. */
export interface BroughtFile {
	readonly name: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The component among files that a person brought, where they prove to be what was named: by its own digest, or by a manifest among them that
 * has the digest and names the component as its layer. The error is a sentence.
 */
export async function holdFiles(
	held: HeldTo,
	files: readonly BroughtFile[],
): Promise<Result<BroughtFile, string>> {
	const digests = await Promise.all(files.map(({ bytes }) => sha256Hex(bytes)));
	const wanted = 'sha256' in held ? held.sha256 : held.manifest.slice('sha256:'.length);
	const named = files[digests.indexOf(wanted)];
	if (!named) {
		const came = files.map(({ name }, at) => `${name} is sha256:${digests[at]}`).join(', ');
		return err(
			'sha256' in held
				? `This is not what was named: ${came}, not ${heldWords(held)}. Nothing of it was used.`
				: `Nothing here is held to ${heldWords(held)}: ${came}. Bring the manifest too, as the commands say. Nothing of it was used.`,
		);
	}
	if ('sha256' in held) return ok(named);
	const read = readManifest(named.bytes);
	// Some write the digest of the file itself behind the @.
	if (!read.ok) return ok(named);
	if (read.value.kind === 'index')
		return err(`${named.name} lists manifests for several platforms. Bring that of the one that is meant.`);
	const layers = read.value.layers.filter(isWasmLayer);
	const wasm = layers.length > 0 ? layers : read.value.layers;
	const component = files.find((_, at) => wasm.some(({ digest }) => digest === `sha256:${digests[at]}`));
	return component
		? ok(component)
		: err(
				`The manifest is the one that was named, and none of the other files is its component: that is ${wasm.map(({ digest }) => digest).join(' or ')}. Nothing of it was used.`,
			);
}
