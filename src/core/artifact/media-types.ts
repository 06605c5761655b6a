import type { Layer } from './artifact';

/**
 * What a registry is asked for. Two types and no more: `Accept` over 128 bytes makes a browser ask for permission first, and few registries
 * answer that. They answer a manifest of another type all the same.
 */
export const acceptedManifests =
	'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json';

const indexTypes: readonly string[] = [
	'application/vnd.oci.image.index.v1+json',
	'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** Whether a media type is that of a list of manifests. */
export const isIndexType = (mediaType: string): boolean => indexTypes.includes(mediaType);

/** Media types that Wassette takes a component from. */
const wasmTypes: readonly string[] = [
	'application/wasm',
	'application/vnd.wasm.component.v1',
	'application/vnd.bytecodealliance.wasm.component.layer.v0+wasm',
];

/** Media types that Wassette takes a policy from. */
const policyTypes: readonly string[] = [
	'application/vnd.wasm.policy.v1+yaml',
	'application/vnd.wassette.policy+yaml',
	'application/x-yaml',
	'text/yaml',
];

const essence = (mediaType: string) => (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase();

/** Whether a layer says that it is WebAssembly: by a type that Wassette takes, by any other that ends in `wasm`, or by its file's name. */
export function isWasmLayer({ mediaType, title }: Layer): boolean {
	const type = essence(mediaType);
	return (
		wasmTypes.includes(type) ||
		type.endsWith('+wasm') ||
		(!isPolicyType(type) && title !== null && title.toLowerCase().endsWith('.wasm'))
	);
}

/** Whether a layer says that it is a policy, by a type that Wassette takes one from. */
export const isPolicyLayer = ({ mediaType }: Layer): boolean => isPolicyType(essence(mediaType));

const isPolicyType = (type: string) => policyTypes.includes(type);

/** Whether a layer is part of a container image's file system, which is no component. */
export const isImageLayer = ({ mediaType }: Layer): boolean => /\.tar(?:[.+]|$)/.test(essence(mediaType));
