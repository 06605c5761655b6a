import { isRecord } from '../../is-record';
import { err, ok, type Result } from '../../result';
import type { Access } from '../policy';

/** Something that can be granted to a component, as Wassette's grant tools take it. */
export type Permission =
	| { readonly kind: 'storage'; readonly uri: string; readonly access: readonly Access[] }
	| { readonly kind: 'network'; readonly host: string }
	| { readonly kind: 'environment'; readonly key: string }
	/** A bound on memory, such as `512Mi`. */
	| { readonly kind: 'memory'; readonly limit: string };

/** What a revoke takes away: all access to a URI, a host, or a variable, each exactly as it is written in the policy. */
export type Revocation =
	| { readonly kind: 'storage'; readonly uri: string }
	| { readonly kind: 'network'; readonly host: string }
	| { readonly kind: 'environment'; readonly key: string };

export type PermissionKind = Permission['kind'];

/** Reads the `details` of a grant. The errors are Wassette's; it looks for empty values here and for nothing else. */
export function readPermission(
	kind: PermissionKind,
	details: unknown,
	manners: { readonly grantsWithoutAccess: boolean } = { grantsWithoutAccess: false },
): Result<Permission, string> {
	switch (kind) {
		case 'storage':
			return readStorage(details, manners);
		case 'network':
			return readNetwork(details);
		case 'environment':
			return readEnvironment(details);
		case 'memory': {
			const limits = field(field(details, 'resources'), 'limits');
			const limit = textField(details, 'memory') ?? textField(limits, 'memory');
			return limit === null
				? err(
						"Missing 'memory' field for resource permission. Expected either 'memory' or 'resources.limits.memory'",
					)
				: ok({ kind, limit });
		}
	}
}

/** Reads the `details` of a revoke, which names a storage entry whatever its access. The errors are those of a grant. */
export function readRevocation(kind: Revocation['kind'], details: unknown): Result<Revocation, string> {
	switch (kind) {
		case 'storage': {
			const uri = textField(details, 'uri') ?? undefined;
			const permission = readStorage({ uri, access: ['read'] }, { grantsWithoutAccess: false });
			return permission.ok ? ok({ kind, uri: permission.value.uri }) : permission;
		}
		case 'network':
			return readNetwork(details);
		case 'environment':
			return readEnvironment(details);
	}
}

type PermissionOf<K extends PermissionKind> = Extract<Permission, { readonly kind: K }>;

function readNetwork(details: unknown): Result<PermissionOf<'network'>, string> {
	const host = textField(details, 'host');
	if (host === null) return err("Missing 'host' field for network permission");
	return host === '' ? err('Network host cannot be empty') : ok({ kind: 'network', host });
}

function readEnvironment(details: unknown): Result<PermissionOf<'environment'>, string> {
	const key = textField(details, 'key');
	if (key === null) return err("Missing 'key' field for environment permission");
	return key === '' ? err('Environment variable key cannot be empty') : ok({ kind: 'environment', key });
}

function readStorage(
	details: unknown,
	{ grantsWithoutAccess }: { readonly grantsWithoutAccess: boolean },
): Result<PermissionOf<'storage'>, string> {
	const uri = textField(details, 'uri');
	if (uri === null) return err("Missing 'uri' field for storage permission");
	const words = field(details, 'access');
	if (words === undefined && grantsWithoutAccess) {
		// Taken for a list of nothing, which nobody looks at before the policy is written.
		return uri === '' ? err('Storage URI cannot be empty') : ok({ kind: 'storage', uri, access: [] });
	}
	if (!Array.isArray(words))
		return err(
			grantsWithoutAccess
				? "'access' field must be an array"
				: "Missing 'access' field for storage permission",
		);
	// A repeated word stays, as the file that a release writes has it.
	const access: Access[] = [];
	for (const word of words) {
		if (word !== 'read' && word !== 'write') {
			return err(typeof word === 'string' ? `Invalid access type: ${word}` : 'Invalid access type');
		}
		access.push(word);
	}
	if (uri === '') return err('Storage URI cannot be empty');
	return access.length === 0 ? err('Storage access cannot be empty') : ok({ kind: 'storage', uri, access });
}

function field(details: unknown, name: string): unknown {
	return isRecord(details) && Object.hasOwn(details, name) ? details[name] : undefined;
}

function textField(details: unknown, name: string): string | null {
	const value = field(details, name);
	return typeof value === 'string' ? value : null;
}
