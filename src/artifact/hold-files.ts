import { isPolicyLayer, isWasmLayer, readManifest, type ImageManifest } from '../core/artifact';
import { most } from '../core/limits';
import { err, ok, type Result } from '../core/result';
import { sha256Hex } from '../component/digest';
import type { FoundComponent } from './archive/found';
import { heldWords, type HeldTo } from './by-hand';

/** A file that a person brought. */
export interface BroughtFile {
	readonly name: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

type ByDigest = ReadonlyMap<string, BroughtFile>;

/**
 * The component among files that a person brought, where they prove to be what was named: by its own digest, or by a manifest among them that
 * has the digest and names the component as its layer. What else of the artifact is among them comes with it: its policy, and what refers to
 * it. The error is a sentence.
 */
export async function holdFiles(
	held: HeldTo,
	files: readonly BroughtFile[],
): Promise<Result<FoundComponent, string>> {
	const byDigest = new Map<string, BroughtFile>();
	for (const file of files) byDigest.set(`sha256:${await sha256Hex(file.bytes)}`, file);
	const wanted = 'sha256' in held ? `sha256:${held.sha256}` : held.manifest;
	const named = byDigest.get(wanted);
	if (!named) return err(nothingHeld(held, byDigest));
	const alone = () => foundIn(named, wanted, { byDigest });
	if ('sha256' in held) return ok(alone());
	const read = readManifest(named.bytes);
	// Some write the digest of the file itself behind the @.
	if (!read.ok) return ok(alone());
	if (read.value.kind === 'index')
		return err(`${named.name} lists manifests for several platforms. Bring that of the one that is meant.`);
	const layers = read.value.layers.filter(isWasmLayer);
	const wasm = layers.length > 0 ? layers : read.value.layers;
	const there = wasm.filter(({ digest }) => byDigest.has(digest));
	const [layer] = there;
	const component = layer && byDigest.get(layer.digest);
	if (!component)
		return err(
			`The manifest is the one that was named, and none of the other files is its component: that is ${wasm.map(({ digest }) => digest).join(' or ')}. Nothing of it was used.`,
		);
	if (there.length > 1)
		return err(
			`The artifact has several components: ${there.map(({ title, digest }) => title ?? digest).join(', ')}. Drop its manifest together with the one that is meant.`,
		);
	const manifest = { ...read.value, digest: wanted, bytes: named.bytes };
	return ok(foundIn(component, layer.digest, { byDigest, manifest }));
}

/** Names of at most so many files, which may be thousands. */
const named = 5;

function nothingHeld(held: HeldTo, byDigest: ByDigest): string {
	const came = [...byDigest].slice(0, named).map(([digest, { name }]) => `${name} is ${digest}`);
	const all = `${came.join(', ')}${byDigest.size > named ? ` and ${byDigest.size - named} more` : ''}`;
	return 'sha256' in held
		? `This is not what was named: ${all}, not ${heldWords(held)}. Nothing of it was used.`
		: `Nothing here is held to ${heldWords(held)}: ${all}. Bring the manifest too, as the commands say. Nothing of it was used.`;
}

function foundIn(
	component: BroughtFile,
	digest: string,
	{
		byDigest,
		manifest,
	}: {
		readonly byDigest: ByDigest;
		readonly manifest?: ImageManifest & { readonly digest: string; readonly bytes: Uint8Array<ArrayBuffer> };
	},
): FoundComponent {
	const policy = manifest?.layers.find(isPolicyLayer);
	const text = policy && byDigest.get(policy.digest)?.bytes;
	return {
		artifact: {
			...{ from: { archive: component.name, name: null }, reference: null },
			...{
				digest: manifest?.digest ?? null,
				manifest: manifest?.bytes ?? null,
				layers: manifest?.layers ?? [],
			},
			component: { bytes: component.bytes, sha256: digest.slice('sha256:'.length), title: component.name },
			policy:
				policy && text && text.length <= most.policyText
					? { text: new TextDecoder().decode(text), digest: policy.digest, mediaType: policy.mediaType }
					: null,
			annotations: manifest?.annotations ?? {},
			referrers: manifest ? referrersAmong(byDigest, manifest.digest) : [],
		},
		readBlob: (wanted, maxBytes) => {
			const file = byDigest.get(wanted);
			return Promise.resolve(
				file && file.bytes.length <= maxBytes
					? ok(file.bytes)
					: err(`${wanted} is ${file ? 'larger than what is read of it' : 'not among what was brought'}.`),
			);
		},
		signatures: [],
	};
}

/** The manifests among these that say something about the one with this digest. */
const referrersAmong = (byDigest: ByDigest, digest: string) =>
	[...byDigest].flatMap(([of, { bytes }]) => {
		const read = bytes.length > most.manifestBytes || bytes[0] !== 0x7b ? null : readManifest(bytes);
		if (!read?.ok || read.value.kind !== 'manifest' || read.value.subject !== digest) return [];
		const { artifactType, config, annotations } = read.value;
		return {
			artifactType: artifactType ?? config?.mediaType ?? '',
			digest: of,
			size: bytes.length,
			annotations,
		};
	});
