import {
	acceptedManifests,
	isPolicyLayer,
	readManifest,
	type Artifact,
	type ImageManifest,
} from '../../core/artifact';
import { printOciReference, registryFacts, type Mirrors, type OciReference } from '../../core/address';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import { sha256Hex } from '../../component/digest';
import type { AskSite, AskOptions } from '../ask';
import { pinnedReference } from '../by-hand';
import type { FetchProblem } from '../fetch-problem';
import type { ReadBlob } from '../read-blob';
import { chooseLayer } from './choose-layer';
import { chooseManifest } from './choose-manifest';
import { listReferrers } from './list-referrers';
import { listTags } from './list-tags';
import { openRegistry, type Registry } from './registry';

export interface PullOptions extends Pick<AskOptions, 'signal' | 'onProgress'> {
	readonly ask: AskSite;
	readonly mirrors?: Mirrors;
	/** Origins that were shown to the person: no other is asked. */
	readonly shown: readonly string[];
	/** Of the component's bytes, where it is known: what is brought by hand is held to it. */
	readonly sha256?: string;
	/** Which of several components is meant, by the digest of its layer; default the one with the digest of `sha256`, where it is among them. */
	readonly layer?: string;
}

export interface Pulled {
	readonly artifact: Artifact & { readonly from: { readonly oci: string } };
	readonly readBlob: ReadBlob;
	readonly readManifest: ReadBlob;
	/** The manifest under a tag or digest of the same repository; null where there is none or it cannot be read. */
	readonly readTag: (tag: string) => Promise<Uint8Array<ArrayBuffer> | null>;
}

/**
 * Fetches an artifact from its registry: its manifest, through a list of them where there is one, its component, its policy and the names of
 * what refers to it. Every piece is held to its digest, and is refused by name where it does not fit.
 */
export async function pull(
	reference: OciReference,
	options: PullOptions,
): Promise<Result<Pulled, FetchProblem>> {
	const registry = openRegistry(reference, options);
	const found = await findManifest(reference, registry, options);
	if (!found.ok) return found;
	const { manifest, bytes, digest } = found.value;
	const named = printOciReference(reference, { pinned: false });
	const layer = chooseLayer(manifest, { ...reference, digest }, options);
	if (!layer.ok) return layer;
	const component = await registry.blob(layer.value, options);
	if (!component.ok) return component;
	const policy = await readPolicy(manifest, registry);
	if (!policy.ok) return policy;
	const referrers = await listReferrers(registry, digest);
	return ok({
		artifact: {
			from: { oci: pinnedReference({ ...reference, digest }) },
			reference: named,
			...{ digest, manifest: bytes, layers: manifest.layers, annotations: manifest.annotations },
			component: {
				bytes: component.value,
				sha256: layer.value.digest.slice('sha256:'.length),
				title: layer.value.title,
			},
			policy: policy.value,
			referrers,
		},
		readBlob: async (wanted, maxBytes) => {
			const blob = await registry.blob({ digest: wanted, size: null, maxBytes }, {});
			return blob.ok ? blob : err(blob.error.message);
		},
		readManifest: async (wanted, maxBytes) => {
			const answer = await registry.get(`manifests/${wanted}`, {
				headers: [['accept', acceptedManifests]],
				maxBytes,
			});
			if (!answer.ok) return err(answer.error.message);
			const came = `sha256:${await sha256Hex(answer.value.bytes)}`;
			if (answer.value.status === 200 && came === wanted) return ok(answer.value.bytes);
			return err(
				answer.value.status === 200
					? `What the registry sent is not ${wanted}, which refers to it: its digest is ${came}. It was not used.`
					: `${wanted}, which refers to it, could not be read: the registry answered ${answer.value.status}.`,
			);
		},
		readTag: async (tag) => {
			const answer = await registry.quietly(`manifests/${tag}`, most.manifestBytes);
			return answer?.status === 200 ? answer.bytes : null;
		},
	});
}

interface FoundManifest {
	readonly manifest: ImageManifest;
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly digest: string;
}

async function findManifest(
	reference: OciReference,
	registry: Registry,
	options: PullOptions,
): Promise<Result<FoundManifest, FetchProblem>> {
	const named = printOciReference(reference);
	const first = await fetchManifest(
		reference.digest ?? reference.tag ?? 'latest',
		registry,
		reference,
		options,
	);
	if (!first.ok) return first;
	const { value } = first;
	if (value.read.kind === 'manifest')
		return ok({ manifest: value.read, bytes: value.bytes, digest: value.digest });
	const entry = chooseManifest(value.read, reference, named);
	if (!entry.ok) return entry;
	const second = await fetchManifest(entry.value.digest, registry, reference, options);
	if (!second.ok) return second;
	const { read, bytes, digest } = second.value;
	return read.kind === 'manifest'
		? ok({ manifest: read, bytes, digest })
		: err({ message: `${named} lists lists of manifests, which no artifact of a component does.` });
}

async function fetchManifest(
	tagOrDigest: string,
	registry: Registry,
	reference: OciReference,
	options: PullOptions,
) {
	const answer = await registry.get(`manifests/${tagOrDigest}`, {
		headers: [['accept', acceptedManifests]],
		maxBytes: most.manifestBytes,
	});
	if (!answer.ok) return answer;
	const named = `${reference.registry}/${reference.repository}`;
	const { status, bytes } = answer.value;
	if (status === 404) {
		const what = tagOrDigest.startsWith('sha256:') ? `artifact ${tagOrDigest}` : `tag ${tagOrDigest}`;
		return err<FetchProblem>(await noSuch(what, registry, reference));
	}
	if (status !== 200) return err<FetchProblem>(refusedWords(named, status));
	const digest = `sha256:${await sha256Hex(bytes)}`;
	if (tagOrDigest.startsWith('sha256:') && digest !== tagOrDigest) {
		return err<FetchProblem>({
			message: `${registryFacts(reference.registry, options.mirrors).api} answered with another manifest than ${tagOrDigest}: its digest is ${digest}. Nothing of it was used.`,
		});
	}
	const read = readManifest(bytes);
	return read.ok
		? ok({ read: read.value, bytes, digest })
		: err<FetchProblem>({ message: `The manifest of ${named} ${read.error}.` });
}

async function noSuch(what: string, registry: Registry, reference: OciReference): Promise<FetchProblem> {
	const name = `${reference.registry}/${reference.repository}`;
	const tags = await listTags(registry);
	if (tags.length === 0)
		return { message: `${name} has no ${what}. Check the name, the tag and the digest.` };
	return {
		message: `${name} has no ${what}. These are its tags.`,
		choices: tags.map((tag) => ({ label: tag, address: `oci://${name}:${tag}`, size: null })),
	};
}

function refusedWords(named: string, status: number): FetchProblem {
	if (status === 401 || status === 403)
		return { message: `${named} is not public, or does not exist: its registry answered ${status}.` };
	if (status === 429)
		return { message: `The registry of ${named} asks to wait: it answered 429. Try again later.` };
	return { message: `${named} could not be fetched: its registry answered ${status}.` };
}

async function readPolicy(
	{ layers }: ImageManifest,
	registry: Registry,
): Promise<Result<Artifact['policy'], FetchProblem>> {
	const layer = layers.find(isPolicyLayer);
	if (!layer) return ok(null);
	if (layer.size > most.policyBytes)
		return err({
			message: `The policy of this artifact has ${layer.size} bytes, more than the ${most.policyBytes} that are read.`,
		});
	const blob = await registry.blob(layer, {});
	if (!blob.ok) return blob;
	return ok({
		text: new TextDecoder().decode(blob.value),
		...{ digest: layer.digest, mediaType: layer.mediaType },
	});
}
