import { describe, expect, test } from 'vitest';
import { readPermission, readRevocation, wassetteCommand, type PermissionKind } from '..';

describe('the details of a grant', () => {
	test.each([
		['network', { host: 'a.test' }, { kind: 'network', host: 'a.test' }],
		['network', { host: 'ex*mple.com' }, { kind: 'network', host: 'ex*mple.com' }],
		[
			'storage',
			{ uri: 'fs://a', access: ['write', 'read', 'write'] },
			{ kind: 'storage', uri: 'fs://a', access: ['write', 'read', 'write'] },
		],
		['environment', { key: 'A' }, { kind: 'environment', key: 'A' }],
		['memory', { memory: '1Gi' }, { kind: 'memory', limit: '1Gi' }],
		['memory', { resources: { limits: { memory: '1Gi' } } }, { kind: 'memory', limit: '1Gi' }],
	])('for %s are read from %j', (kind, details, permission) => {
		expect(readPermission(kind as PermissionKind, details)).toEqual({ ok: true, value: permission });
	});

	test.each([
		['network', {}, "Missing 'host' field for network permission"],
		['network', null, "Missing 'host' field for network permission"],
		['network', { host: '' }, 'Network host cannot be empty'],
		['storage', { access: ['read'] }, "Missing 'uri' field for storage permission"],
		['storage', { uri: 'x' }, "Missing 'access' field for storage permission"],
		['storage', { uri: 'x', access: 'read' }, "Missing 'access' field for storage permission"],
		['storage', { uri: 'x', access: ['execute'] }, 'Invalid access type: execute'],
		['storage', { uri: 'x', access: [] }, 'Storage access cannot be empty'],
		['storage', { uri: '', access: ['read'] }, 'Storage URI cannot be empty'],
		['environment', { name: 'A' }, "Missing 'key' field for environment permission"],
		['environment', { key: '' }, 'Environment variable key cannot be empty'],
		[
			'memory',
			{},
			"Missing 'memory' field for resource permission. Expected either 'memory' or 'resources.limits.memory'",
		],
	])('for %s are refused in %j', (kind, details, message) => {
		expect(readPermission(kind as PermissionKind, details)).toEqual({ ok: false, error: message });
	});

	test('of a revoke need no access', () => {
		expect(readRevocation('storage', { uri: 'fs://a' })).toEqual({
			ok: true,
			value: { kind: 'storage', uri: 'fs://a' },
		});
		expect(readRevocation('storage', {})).toEqual({
			ok: false,
			error: "Missing 'uri' field for storage permission",
		});
		expect(readRevocation('network', { host: '' })).toEqual({
			ok: false,
			error: 'Network host cannot be empty',
		});
	});
});

describe('the command that grants the same', () => {
	test.each([
		[
			{ kind: 'storage', uri: 'fs:///a b', access: ['read', 'write'] },
			"wassette permission grant storage c 'fs:///a b' --access read,write",
		],
		[{ kind: 'network', host: "a'; rm -rf /" }, "wassette permission grant network c 'a'\\''; rm -rf /'"],
		[{ kind: 'environment', key: 'A' }, 'wassette permission grant environment-variable c A'],
		[{ kind: 'memory', limit: '1Gi' }, 'wassette permission grant memory c 1Gi'],
	] as const)('%j', (permission, command) => {
		expect(wassetteCommand(permission, 'c')).toBe(command);
	});
});
