import {
	isImageLayer,
	isPolicyLayer,
	isWasmLayer,
	type ImageManifest,
	type Layer,
} from '../../core/artifact';
import { printOciReference, type OciReference } from '../../core/address';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import { fileTooLargeMessage } from '../../component/size-limit';
import { pinnedReference } from '../by-hand';
import type { FetchProblem } from '../fetch-problem';

/** Not the same bytes under another name. */
const isFirst = ({ digest }: Layer, at: number, all: readonly Layer[]) =>
	all.findIndex((other) => other.digest === digest) === at;

/**
 * The layer that is the component: the one that is meant, or the only one that says that it is WebAssembly, or the only one there is. Of several
 * a person is asked which.
 */
export function chooseLayer(
	{ layers }: ImageManifest,
	reference: OciReference,
	options: { readonly layer?: string; readonly sha256?: string },
): Result<Layer, FetchProblem> {
	const named = printOciReference(reference, { pinned: false });
	const wasm = layers.filter(isWasmLayer).filter(isFirst);
	const rest = layers.filter((other) => !isPolicyLayer(other) && !isImageLayer(other));
	const candidates = wasm.length > 0 ? wasm : rest;
	const wanted = options.layer ?? `sha256:${options.sha256}`;
	const meant = candidates.find(({ digest }) => digest === wanted);
	if (options.layer !== undefined && !meant)
		return err({ message: `${named} has no file ${options.layer} that could be a component.` });
	const layer = meant ?? candidates[0];
	if (!layer || (!meant && wasm.length === 0 && rest.length > 1)) {
		const types = [...new Set(layers.map(({ mediaType }) => mediaType))].slice(0, 5).join(', ');
		return err({
			message: layers.some(isImageLayer)
				? `${named} is a container image, not a component: its layers are ${types}.`
				: `${named} has no component in it${types === '' ? '' : `: its layers are ${types}`}.`,
		});
	}
	if (wasm.length > 1 && !meant)
		return err({
			message: `${named} has ${wasm.length} components. Choose the one that is meant.`,
			choices: wasm.map(({ title, digest, size }) => ({
				...{ label: title ?? digest, size },
				address: `${pinnedReference(reference)}#${digest}`,
			})),
		});
	return layer.size > most.componentFileBytes ? err({ message: fileTooLargeMessage(layer.size) }) : ok(layer);
}
