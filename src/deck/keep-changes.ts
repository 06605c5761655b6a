import type { HostCall } from '../core/activity';
import { applyingChanges } from '../core/apply-changes';
import type { FileChange, FileTree } from '../core/files';
import { createGate, type Grants } from '../core/policy';
import type { Slices } from '../sandbox/slices';

/** Times that the changes are made anew because the files are others meanwhile; then they are made in one go. */
const mostTries = 3;

/** What changes are kept in. */
export interface KeepOptions {
	/** The world's files as they are now; null once there is nothing to keep them in. */
	readonly files: () => FileTree | null;
	/** Puts files in the place of those. */
	readonly put: (files: FileTree) => void;
	readonly record: (call: HostCall) => void;
	/** Milliseconds since the call started. */
	readonly at: number;
	/** Keeps the page free: a sandbox may send as many changes as cross. */
	readonly slices: Slices;
}

/**
 * Keeps those changes that the grants allow. The others are recorded as what they are: forged, for a sandbox reports none that its own
 * gate refused.
 */
export async function keepChanges(
	changes: readonly FileChange[],
	grants: Grants,
	{ files, put, record, at, slices }: KeepOptions,
): Promise<void> {
	const gate = createGate(grants, () => {});
	const allowed = (access: 'read' | 'write', path: string) => gate({ kind: 'storage', access, path }).ok;
	for (let tries = 1; ; tries += 1) {
		const before = files();
		if (!before) return;
		const steps = applyingChanges(before, changes, allowed);
		let step = steps.next();
		for (; !step.done; step = steps.next()) if (tries <= mostTries && slices.spent()) await slices.next();
		// Somebody changed a file meanwhile: what is to be kept is kept beside that.
		if (files() !== before) continue;
		put(step.value.tree);
		for (const change of step.value.rejected) {
			if (slices.spent()) await slices.next();
			record(forgery(change, at));
		}
		return;
	}
}

const forgery = (change: FileChange, at: number): HostCall => ({
	capability: 'storage',
	operation: `keep ${change.kind}`,
	target: change.kind === 'move' ? change.to : change.path,
	access: 'write',
	outcome: 'deny',
	rule: null,
	reason: 'forged',
	at,
});
