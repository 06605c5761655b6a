import type { Artifact } from '../core/artifact';
import { isRecord } from '../core/is-record';
import { most } from '../core/limits';
import { cosignMediaType, cosignText } from './signature/cosign-text';
import type { FoundComponent } from './archive/found';
import type { ReadBlob } from './read-blob';

/** What refers to an artifact, as far as it says who made it or what is in it. */
export interface ReadReferrers {
	/** Texts, as `checkSignatures` takes them. */
	readonly signatures: readonly string[];
	/** Parsed lists of materials that nobody signed, in CycloneDX or SPDX. */
	readonly lists: readonly unknown[];
	/** What could not be read, and why: a sentence each. */
	readonly problems: readonly string[];
}

/** What a component's referrers are read by. */
type Referred = Pick<FoundComponent, 'readBlob' | 'readManifest' | 'readTag'> & {
	readonly artifact: Pick<Artifact, 'digest' | 'referrers'>;
};

/** Reads the signatures, attestations and lists of materials that refer to an artifact. What cannot be read is said, and the rest is read. */
export async function readReferrers({
	artifact,
	readBlob,
	readManifest = readBlob,
	readTag,
}: Referred): Promise<ReadReferrers> {
	const { referrers, digest } = artifact;
	const read: Collected = { signatures: [], lists: [], problems: [] };
	for (const referrer of referrers.slice(0, most.signatures)) {
		const bytes = await readManifest(referrer.digest, most.manifestBytes);
		if (bytes.ok) await readLayers(bytes.value, readBlob, read);
		else read.problems.push(bytes.error);
	}
	if (referrers.length > most.signatures)
		read.problems.push(`Only ${most.signatures} of ${referrers.length} referrers were read.`);
	// Where cosign kept signatures before registries listed what refers to what.
	const tagged = digest === null ? null : await readTag?.(`${digest.replace(':', '-')}.sig`);
	if (tagged) await readLayers(tagged, readBlob, read);
	return {
		...read,
		signatures: read.signatures.slice(0, most.signatures),
	};
}

interface Collected {
	readonly signatures: string[];
	readonly lists: unknown[];
	readonly problems: string[];
}

async function readLayers(
	manifest: Uint8Array,
	readBlob: ReadBlob,
	{ signatures, lists, problems }: Collected,
): Promise<void> {
	for (const { mediaType, digest, annotations } of layersIn(manifest)) {
		const kind = kindOf(mediaType);
		if (!kind) continue;
		const content = await readBlob(digest, kind === 'list' ? most.materialsText : most.signatureText);
		if (!content.ok) {
			problems.push(content.error);
			continue;
		}
		const text = new TextDecoder().decode(content.value);
		if (kind === 'bundle') signatures.push(text);
		else if (kind === 'cosign') signatures.push(cosignText(content.value, annotations));
		else if (kind === 'list') {
			const list = parsed(text);
			if (list === null) problems.push('A list of materials that refers to it is no JSON, and was not read.');
			else lists.push(list);
		} else problems.push('An attestation in the older form of cosign was not read.');
	}
}

function kindOf(mediaType: string): 'bundle' | 'cosign' | 'list' | 'attestation' | null {
	if (mediaType.startsWith('application/vnd.dev.sigstore.bundle')) return 'bundle';
	if (mediaType === cosignMediaType) return 'cosign';
	if (mediaType === 'application/vnd.dsse.envelope.v1+json') return 'attestation';
	return /^(?:application\/vnd\.cyclonedx\+json|application\/spdx\+json|text\/spdx\+json)/.test(mediaType)
		? 'list'
		: null;
}

/** The layers of a manifest with their annotations, in which cosign keeps what belongs to a signature. */
function layersIn(bytes: Uint8Array): readonly {
	readonly mediaType: string;
	readonly digest: string;
	readonly annotations: Readonly<Record<string, string>>;
}[] {
	const manifest = parsed(new TextDecoder().decode(bytes));
	const layers: readonly unknown[] =
		isRecord(manifest) && Array.isArray(manifest['layers']) ? manifest['layers'] : [];
	return layers.slice(0, most.signatures).flatMap((layer) => {
		if (!isRecord(layer) || typeof layer['mediaType'] !== 'string' || typeof layer['digest'] !== 'string')
			return [];
		const annotations = isRecord(layer['annotations'])
			? Object.entries(layer['annotations']).filter(
					(pair): pair is [string, string] => typeof pair[1] === 'string',
				)
			: [];
		return [
			{
				mediaType: layer['mediaType'],
				digest: layer['digest'],
				annotations: Object.fromEntries(annotations),
			},
		];
	});
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
