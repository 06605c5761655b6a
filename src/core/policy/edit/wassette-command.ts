import type { Permission } from './permission';

/** The line that grants the same to a component of an installed Wassette, quoted for a POSIX shell. */
export function wassetteCommand(permission: Permission, componentId: string): string {
	return ['wassette', 'permission', 'grant', ...grantArguments(permission, componentId)]
		.map(shellWord)
		.join(' ');
}

function grantArguments(permission: Permission, componentId: string): readonly string[] {
	switch (permission.kind) {
		case 'storage':
			return ['storage', componentId, permission.uri, '--access', permission.access.join(',')];
		case 'network':
			return ['network', componentId, permission.host];
		case 'environment':
			return ['environment-variable', componentId, permission.key];
		case 'memory':
			return ['memory', componentId, permission.limit];
	}
}

/** A word as a POSIX shell reads it back: quoted where it holds anything that a shell would read otherwise. */
export const shellWord = (text: string): string =>
	/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
