import { isComponentName } from '../../core/component-name';
import { most } from '../../core/limits';
import type { Artifact } from '../../core/artifact';
import { err, ok, type Result } from '../../core/result';
import { isWasm } from './is-wasm';
import type { PackedFile } from './packed-file';
import { policyBeside } from './policy-beside';
import { unpack } from './unpack';

/** A component in a layer of a container image, with the policy that lies beside it there. */
export interface ImagedComponent {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly title: string | null;
	readonly policy: Artifact['policy'];
}

/** The components in one layer of an image: the layer itself, as `crane` saves artifacts, or files of its file system. */
export async function componentsInImage(
	layer: Uint8Array<ArrayBuffer>,
	name: string,
): Promise<Result<readonly ImagedComponent[], string>> {
	if (isWasm(layer)) return ok([{ bytes: layer, title: null, policy: null }]);
	const packed = await unpack(layer, name);
	if (!packed.ok) return packed;
	return packed.value ? componentsAmong(packed.value.files) : ok([]);
}

/** Those among files, by their names, each with the policy that lies beside it. */
export async function componentsAmong(
	files: readonly PackedFile[],
): Promise<Result<readonly ImagedComponent[], string>> {
	const found: ImagedComponent[] = [];
	for (const file of files.filter(({ path }) => isComponentName(path))) {
		if (found.length >= most.components)
			return err(`There are more than ${most.components} components in it.`);
		if (file.size > most.componentFileBytes)
			return err(
				`${file.path} is larger than ${most.componentFileBytes / 2 ** 20} MiB, which is more than a component may have.`,
			);
		const bytes = await file.read();
		if (!bytes.ok) return bytes;
		const policy = await policyBeside(file, files);
		if (!policy.ok) return policy;
		found.push({ bytes: bytes.value, title: file.path, policy: policy.value });
	}
	return ok(found);
}
