import { itemAt } from '../item-at';
import { newestRelease, releaseIds, resolveEngine, wassetteCommand, type Permission } from '../policy';
import { permissionLine, shellWord } from '../policy/edit/wassette-command';
import { grantsOfPolicy, type ExportNote } from './grants';
import { fileStems, loadSource, type ExportedComponent, type LoadSource } from './wassette-id';

/** How to have one component, under the same rules, in an installed Wassette. */
export interface WassetteUse {
	/** The component's id in the session. */
	readonly id: string;
	readonly load: LoadSource;
	/** The name that its files have in a bundle, without their endings. */
	readonly stem: string;
	/** Verbatim; null where no policy is attached. */
	readonly policyFile: { readonly name: string; readonly text: string } | null;
	/** Shell lines that load it and grant what the policy grants, in their order. */
	readonly commands: readonly string[];
	/** Shell lines that take each grant back; empty where the release cannot. */
	readonly undo: readonly string[];
	readonly permissions: readonly Permission[];
	readonly notes: readonly ExportNote[];
}

/** A release for an engine: itself, the one it decides as, or the newest where it is none. */
export const releaseOf = (engine: string): string => {
	const known = resolveEngine(engine);
	return known.ok && releaseIds.includes(known.value.id) ? engine : newestRelease;
};

/**
 * What to do in an installed Wassette of a release to have the same components under the same rules. Files are in `folder`, an absolute
 * path. Everything that the release does not do as the policy reads is among the notes.
 */
export function useInWassette(
	components: readonly ExportedComponent[],
	release: string,
	folder: string,
): readonly WassetteUse[] {
	const stems = fileStems(components.map(({ id }) => id));
	return components.map((component, index) => useOf(component, itemAt(stems, index), release, folder));
}

function useOf(component: ExportedComponent, stem: string, release: string, folder: string): WassetteUse {
	const load = loadSource(component, stem, folder);
	const { permissions, notes: fromPolicy, usable } = grantsOfPolicy(component.policy, release);
	const notes = [...fromPolicy];
	const id = load.wassetteId;
	const hasReset = canRevoke(release);
	const name = `${id}.policy.yaml`;
	const commands = [`wassette component load ${shellWord(load.uri)}`];
	if (usable) {
		// What an earlier policy grants would otherwise stay granted.
		if (hasReset) commands.push(permissionLine('reset', [id]));
		else {
			notes.push({
				line: null,
				message: `Wassette ${release} has no reset and no revoke: delete ${name} from its component folder first if there is one.`,
			});
		}
		commands.push(...permissions.map((permission) => wassetteCommand(permission, id)));
		if (permissions.length === 0) notes.push(...emptyPolicyNotes(id, hasReset, release));
		// A reset leaves no policy, and so hands everything over; whatever is revoked makes an empty one.
		if (permissions.length === 0 && hasReset)
			commands.push(permissionLine(`revoke ${kindOfNothing}`, [id, nothing]));
		if (hasReset && permissions.some(({ kind }) => kind === 'memory')) {
			notes.push({
				line: null,
				message: `No command of Wassette takes a memory limit back: edit ${name}, or reset and grant the rest again.`,
			});
		}
	}
	if (id !== component.id)
		notes.push({ line: null, message: `Wassette names this component ${id}, not ${component.id}.` });
	if ('oci' in component.source && attachesBundledPolicy(release)) {
		notes.push({
			line: null,
			message: `Wassette ${release} attaches a policy that comes with the artifact, without asking. The reset above takes it away.`,
		});
	}
	return {
		id: component.id,
		load,
		stem,
		policyFile: component.policy === null ? null : { name, text: component.policy },
		commands,
		undo: hasReset ? permissions.flatMap((permission) => revokeCommand(permission, id)) : [],
		permissions,
		notes,
	};
}

/** Revoke and reset came with 0.3.0, like limits on memory. */
function canRevoke(release: string): boolean {
	const engine = resolveEngine(release);
	return engine.ok && engine.value.traits.memoryLimit;
}

function attachesBundledPolicy(release: string): boolean {
	const engine = resolveEngine(release);
	return engine.ok && engine.value.traits.attachesBundledPolicy;
}

const kindOfNothing = 'environment-variable';
const nothing = 'NONE';

/** What has to be known of a policy that grants nothing. */
const emptyPolicyNotes = (id: string, hasRevoke: boolean, release: string): readonly ExportNote[] => [
	{
		line: null,
		message: hasRevoke
			? 'The policy grants nothing. Without any policy every variable would be handed over, so the last line revokes what was never granted: that leaves an empty policy.'
			: `The policy grants nothing, and no command of Wassette ${release} makes an empty one: copy ${id}.policy.yaml into its component folder, or every variable is handed over.`,
	},
];

function revokeCommand(permission: Permission, id: string): readonly string[] {
	switch (permission.kind) {
		case 'storage':
			return [permissionLine('revoke storage', [id, permission.uri])];
		case 'network':
			return [permissionLine('revoke network', [id, permission.host])];
		case 'environment':
			return [permissionLine('revoke environment-variable', [id, permission.key])];
		case 'memory':
			return [];
	}
}
