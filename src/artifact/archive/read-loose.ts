import { sha256Hex } from '../../component/digest';
import { isComponentName, withoutComponentEnding } from '../../core/component-name';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import { componentsAmong } from './components-in-image';
import type { FoundComponents, FoundComponent } from './found';
import type { Packed, PackedFile } from './packed-file';

/** Whether a file's name says that a signature is in it. */
export const isSignatureName = (name: string): boolean =>
	/\.(?:sigstore(?:\.json)?|sig|bundle(?:\.json)?)$/i.test(name);

/** What a signature's file is about, by its name: with or without the ending of what it signs. */
const signedName = (path: string): string =>
	withoutComponentEnding(path.replace(/\.(?:sigstore(?:\.json)?|sig|bundle(?:\.json)?)$/i, ''));

/** Components that lie among files as they are, each with its policy and its signatures beside it. */
export async function readLoose(
	{ files, links }: Packed,
	archive: string,
): Promise<Result<FoundComponents, string>> {
	const found = await componentsAmong(files);
	if (!found.ok) return found;
	const components: FoundComponent[] = [];
	for (const { bytes, title, policy } of found.value) {
		const signatures = await signaturesBeside(title ?? '', files);
		if (!signatures.ok) return signatures;
		components.push({
			artifact: {
				...{ from: { archive, name: title }, reference: null, digest: null, manifest: null, layers: [] },
				component: { bytes, sha256: await sha256Hex(bytes), title },
				...{ policy, annotations: {}, referrers: [] },
			},
			readBlob: () => Promise.resolve(err(`${archive} names nothing by its digest.`)),
			signatures: signatures.value,
		});
	}
	const left = links.filter((path) => isComponentName(path) || /\.ya?ml$/i.test(path));
	return ok({
		components,
		remarks:
			left.length > 0
				? [
						`Links in it are not followed: ${left.slice(0, 5).join(', ')}${left.length > 5 ? ' and others' : ''}.`,
					]
				: [],
	});
}

async function signaturesBeside(
	component: string,
	files: readonly PackedFile[],
): Promise<Result<readonly string[], string>> {
	const texts: string[] = [];
	for (const file of files) {
		if (!isSignatureName(file.path) || signedName(file.path) !== withoutComponentEnding(component)) continue;
		if (file.size > most.signatureText)
			return err(`${file.path} is larger than 1 MiB, which is more than a signature may have.`);
		const bytes = await file.read();
		if (!bytes.ok) return bytes;
		texts.push(new TextDecoder().decode(bytes.value));
	}
	return ok(texts);
}
