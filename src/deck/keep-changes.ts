import type { HostCall } from '../core/activity';
import { applyChanges } from '../core/apply-changes';
import type { FileChange, FileTree } from '../core/files';
import { createGate, type Grants } from '../core/policy';

/**
 * The files with those changes made that the grants allow. The others are recorded as what they are: forged, for a sandbox reports
 * none that its own gate refused. `at` is in milliseconds since the call started.
 */
export function keepChanges(
	files: FileTree,
	changes: readonly FileChange[],
	grants: Grants,
	{ record, at }: { readonly record: (call: HostCall) => void; readonly at: number },
): FileTree {
	const gate = createGate(grants, () => {});
	const { tree, rejected } = applyChanges(
		files,
		changes,
		(access, path) => gate({ kind: 'storage', access, path }).ok,
	);
	for (const change of rejected) {
		record({
			capability: 'storage',
			operation: `keep ${change.kind}`,
			target: change.kind === 'move' ? change.to : change.path,
			access: 'write',
			outcome: 'deny',
			rule: null,
			reason: 'forged',
			at,
		});
	}
	return tree;
}
