import type { Permission } from './permission';

/** The line that grants the same to a component of an installed Wassette, quoted for a POSIX shell. */
export function wassetteCommand(permission: Permission, componentId: string): string {
	switch (permission.kind) {
		case 'storage':
			return permissionLine(
				'grant storage',
				[componentId, permission.uri],
				['--access', permission.access.join(',')],
			);
		case 'network':
			return permissionLine('grant network', [componentId, permission.host]);
		case 'environment':
			return permissionLine('grant environment-variable', [componentId, permission.key]);
		case 'memory':
			return permissionLine('grant memory', [componentId, permission.limit]);
	}
}

/**
 * A line of `wassette permission`, quoted for a POSIX shell. A word that begins with a dash would be taken for an option: then all that
 * are none stand behind `--`.
 */
export function permissionLine(
	verb: string,
	words: readonly string[],
	options: readonly string[] = [],
): string {
	const isOdd = words.some((word) => word.startsWith('-'));
	const rest = isOdd ? [...options, '--', ...words] : [...words, ...options];
	return ['wassette', 'permission', ...verb.split(' '), ...rest].map(shellWord).join(' ');
}

/** A word as a POSIX shell reads it back: quoted where it holds anything that a shell would read otherwise. */
export const shellWord = (text: string): string =>
	/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
