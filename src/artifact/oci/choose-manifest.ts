import type { ImageIndex, IndexEntry } from '../../core/artifact';
import type { OciReference } from '../../core/address';
import { err, ok, type Result } from '../../core/result';
import type { FetchProblem } from '../fetch-problem';

/** The manifest of a list that is meant: the one for WebAssembly, or the only one. Notes that Docker's builder puts beside are none. */
export function chooseManifest(
	{ manifests }: ImageIndex,
	{ registry, repository }: OciReference,
	named: string,
): Result<IndexEntry, FetchProblem> {
	const meant = manifests.filter(
		({ platform, annotations }) =>
			platform !== 'unknown/unknown' && annotations['vnd.docker.reference.type'] === undefined,
	);
	const wasm = meant.filter(({ platform }) => platform?.includes('wasm') || /^wasi/.test(platform ?? ''));
	const [one, ...others] = wasm.length > 0 ? wasm : meant;
	if (!one) return err({ message: `${named} lists no artifact.` });
	if (others.length === 0) return ok(one);
	return err({
		message: `${named} lists ${others.length + 1} artifacts. Choose the one that is meant.`,
		choices: [one, ...others].map(({ platform, title, digest, size }) => ({
			label: [platform ?? title ?? 'Artifact', digest.slice(0, 'sha256:'.length + 12)].join(', '),
			address: `oci://${registry}/${repository}@${digest}`,
			size: platform === null ? size : null,
		})),
	});
}
