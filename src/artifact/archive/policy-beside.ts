import type { Artifact } from '../../core/artifact';
import { isComponentName } from '../../core/component-name';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import type { PackedFile } from './packed-file';

const isPolicyName = (path: string): boolean => /\.ya?ml$/i.test(path);
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
const stemOfPath = (path: string): string => path.replace(/(?:\.policy)?\.(?:wasm|wat|ya?ml)$/i, '');

/**
 * The policy of a component among files: `<id>.policy.yaml` or `<id>.yaml` beside it; in a folder with one component, the one file there that is a
 * policy by its name. Null where there is none.
 */
export async function policyBeside(
	component: PackedFile,
	files: readonly PackedFile[],
): Promise<Result<Artifact['policy'], string>> {
	const folder = folderOf(component.path);
	const inFolder = files.filter(({ path }) => folderOf(path) === folder);
	const policies = inFolder.filter(({ path }) => isPolicyName(path));
	const isAlone = inFolder.filter(({ path }) => isComponentName(path)).length === 1;
	const named = policies.find(({ path }) => stemOfPath(path) === stemOfPath(component.path));
	const plain = isAlone ? policies.filter(({ path }) => /(?:^|[/.])policy\.ya?ml$/i.test(path)) : [];
	const policy = named ?? (plain.length === 1 ? plain[0] : undefined);
	if (!policy) return ok(null);
	if (policy.size > most.policyText)
		return err(
			`${policy.path} is larger than ${most.policyText / 1024} KiB, which is more than a policy may have.`,
		);
	const bytes = await policy.read();
	return bytes.ok
		? ok({ text: new TextDecoder().decode(bytes.value), digest: null, mediaType: 'application/yaml' })
		: bytes;
}
