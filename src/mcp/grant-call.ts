import type { Permission } from '../core/policy/edit/permission';
import type { Json } from '../core/wit/types';

/** The call of Wassette's built-in tool that grants a permission; null for what no built-in tool grants, which is memory. */
export function grantCall(
	componentId: string,
	permission: Permission,
): { readonly name: string; readonly arguments: { readonly [name: string]: Json } } | null {
	const call = (name: string, details: { readonly [name: string]: Json }) => ({
		name,
		arguments: { component_id: componentId, details },
	});
	switch (permission.kind) {
		case 'storage':
			return call('grant-storage-permission', { uri: permission.uri, access: [...permission.access] });
		case 'network':
			return call('grant-network-permission', { host: permission.host });
		case 'environment':
			return call('grant-environment-variable-permission', { key: permission.key });
		case 'memory':
			return null;
	}
}
