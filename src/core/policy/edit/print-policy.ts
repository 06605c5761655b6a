import { emptyPolicy } from './edit-policy';
import type { Permission } from './permission';
import { yamlString, yamlValue } from '../read/yaml-text';

/** A new policy with an allow rule for each permission, in their order: the text that granting them one after the other would make. */
export function printPolicy(componentId: string, permissions: readonly Permission[]): string {
	const empty = emptyPolicy(componentId);
	const sections = new Map<string, string[]>();
	for (const permission of mergePermissions(permissions)) {
		const [section, lines] = ruleLines(permission);
		const known = sections.get(section);
		if (known) known.push(lines);
		else sections.set(section, [lines]);
	}
	if (sections.size === 0) return empty;
	const body = [...sections].map(([head, rules]) => `${head}${rules.join('')}`).join('');
	return empty.replace(/^permissions: \{\}$/m, () => `permissions:\n${body.trimEnd()}`);
}

/** Storage permissions for one place become one. */
export function mergePermissions(permissions: readonly Permission[]): readonly Permission[] {
	const byPlace = new Map<string, Permission>();
	for (const permission of permissions) {
		const place = JSON.stringify([permission.kind, valueOf(permission)]);
		const known = byPlace.get(place);
		const isWider = known?.kind === 'storage' && permission.kind === 'storage';
		byPlace.set(
			place,
			isWider ? { ...known, access: [...new Set([...known.access, ...permission.access])] } : permission,
		);
	}
	return [...byPlace.values()];
}

function valueOf(permission: Permission): string {
	switch (permission.kind) {
		case 'storage':
			return permission.uri;
		case 'network':
			return permission.host;
		case 'environment':
			return permission.key;
		case 'memory':
			return '';
	}
}

function ruleLines(permission: Permission): readonly [section: string, lines: string] {
	const list = (name: string) => `  ${name}:\n    allow:\n`;
	const value = yamlString(valueOf(permission));
	switch (permission.kind) {
		case 'storage':
			return [list('storage'), `      - uri: ${value}\n        access: ${yamlValue(permission.access)}\n`];
		case 'network':
			return [list('network'), `      - host: ${value}\n`];
		case 'environment':
			return [list('environment'), `      - key: ${value}\n`];
		case 'memory':
			return ['  resources:\n    limits:\n', `      memory: ${yamlString(permission.limit)}\n`];
	}
}
