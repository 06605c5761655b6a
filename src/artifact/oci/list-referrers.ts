import { readManifest, type Referrer } from '../../core/artifact';
import { most } from '../../core/limits';
import type { Registry } from './registry';

/**
 * What refers to an artifact: as the registry lists it, else as the tag lists it that stands in for that (`sha256-…`). None where neither can be
 * read: a registry that has no such list answers without the header by which a page could read that.
 */
export async function listReferrers(registry: Registry, digest: string): Promise<readonly Referrer[]> {
	const listed = await registry.quietly(`referrers/${digest}`, most.manifestBytes);
	if (listed?.status === 200) return referrersIn(listed.bytes);
	const tagged = await registry.quietly(`manifests/${digest.replace(':', '-')}`, most.manifestBytes);
	return tagged?.status === 200 ? referrersIn(tagged.bytes) : [];
}

function referrersIn(bytes: Uint8Array): readonly Referrer[] {
	const read = readManifest(bytes);
	if (!read.ok || read.value.kind !== 'index') return [];
	return read.value.manifests.map(({ artifactType, mediaType, digest, size, annotations }) => ({
		...{ artifactType: artifactType ?? mediaType, digest, size, annotations },
	}));
}
