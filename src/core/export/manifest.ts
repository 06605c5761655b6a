import { itemAt } from '../item-at';
import type { Permission } from '../policy';
import { yamlString } from '../policy/read/yaml-text';
import type { ExportNote } from './grants';
import { memoryBytes } from './memory-bytes';
import type { WassetteUse } from './use-in-wassette';
import type { ExportedComponent } from './wassette-id';

/** A manifest for a headless Wassette, version 1. */
export interface Manifest {
	/** YAML; null where Wassette would refuse it whatever it says. */
	readonly text: string | null;
	readonly notes: readonly ExportNote[];
}

const from = { permissionsAttached: '0.7.0' } as const;

/** The manifest that declares components with the permissions of their policies. What it cannot say is among the notes. */
export function manifestOf(
	components: readonly ExportedComponent[],
	uses: readonly WassetteUse[],
	release: string,
): Manifest {
	const notes: ExportNote[] = [];
	const note = (message: string) => notes.push({ line: null, message });
	if (components.length === 0) {
		note('A manifest names at least one component.');
		return { text: null, notes };
	}
	const uris = uses.map(({ load }) => load.uri);
	const twice = uris.find((uri, index) => uris.indexOf(uri) !== index);
	if (twice !== undefined) {
		note(`A manifest names each address once, and ${twice} is there twice.`);
		return { text: null, notes };
	}
	const isAttached = !isOlder(release, from.permissionsAttached);
	if (!isAttached) {
		note(
			`Wassette ${release} reads the permissions of a manifest and does not attach them: nothing is granted. Use 0.7.0 or newer, or the commands.`,
		);
	}
	const lines = ['version: 1', 'components:'];
	for (const [index, use] of uses.entries()) {
		const { sha256 } = itemAt(components, index);
		lines.push(`  - uri: ${yamlString(use.load.uri)}`, `    name: ${yamlString(use.load.wassetteId)}`);
		if (sha256) lines.push(`    digest: ${yamlString(`sha256:${sha256}`)}`);
		lines.push(...permissionLines(use.permissions, isAttached).map((line) => `    ${line}`));
		const { permissions, policyFile } = use;
		if (!isAttached) continue;
		if (permissions.some(({ kind }) => kind === 'memory'))
			note(
				`Wassette reads the memory limit of a manifest and does not attach it, so ${use.load.wassetteId} has none. The commands give it one.`,
			);
		if (policyFile !== null && !permissions.some(({ kind }) => kind !== 'memory'))
			note(
				`A manifest cannot say that ${use.load.wassetteId} may nothing: without a permission it attaches no policy, and every variable is handed over. Use the commands, or ${policyFile.name}.`,
			);
	}
	return { text: `${lines.join('\n')}\n`, notes };
}

/** An empty list is an error to Wassette, and so is a component without `permissions`; before it attached them, an empty map of them was. */
function permissionLines(permissions: readonly Permission[], isAttached: boolean): readonly string[] {
	const lines: string[] = [];
	const section = (name: string, items: readonly (readonly string[])[]) => {
		if (items.length === 0) return;
		lines.push(`  ${name}:`, '    allow:');
		for (const [first = '', ...rest] of items)
			lines.push(`      - ${first}`, ...rest.map((line) => `        ${line}`));
	};
	section(
		'network',
		permissions.flatMap((one) => (one.kind === 'network' ? [[`host: ${yamlString(one.host)}`]] : [])),
	);
	section(
		'storage',
		permissions.flatMap((one) =>
			one.kind === 'storage'
				? [[`uri: ${yamlString(one.uri)}`, `access: [${one.access.map(yamlString).join(', ')}]`]]
				: [],
		),
	);
	section(
		'environment',
		permissions.flatMap((one) => (one.kind === 'environment' ? [[`key: ${yamlString(one.key)}`]] : [])),
	);
	const memory = permissions.findLast((one) => one.kind === 'memory');
	if (memory) lines.push('  resources:', `    memory_bytes: ${memoryBytes(memory.limit)}`);
	if (lines.length > 0) return ['permissions:', ...lines];
	return isAttached ? ['permissions: {}'] : [];
}

/** Whether one release number is below another. */
function isOlder(release: string, than: string): boolean {
	const numbers = (text: string) => text.replace(/^v/, '').split('.').map(Number);
	const [a, b] = [numbers(release), numbers(than)];
	const at = a.findIndex((part, index) => part !== b[index]);
	return at >= 0 && itemAt(a, at) < (b[at] ?? 0);
}
