import { expect, test } from 'vitest';
import { grant, type Permission } from '..';
import { printPolicy } from './print-policy';

const permissions: readonly Permission[] = [
	{ kind: 'network', host: 'https://a.test' },
	{ kind: 'storage', uri: 'fs:///data', access: ['write'] },
	{ kind: 'environment', key: 'A "quoted" key' },
	{ kind: 'network', host: 'b.test' },
	{ kind: 'storage', uri: 'fs:///data', access: ['read'] },
	{ kind: 'network', host: 'https://a.test' },
	{ kind: 'memory', limit: '16Mi' },
];

test('prints what granting one permission after the other makes', () => {
	let text: string | null = null;
	for (const permission of permissions) {
		const edit = grant(text, permission, { componentId: 'c' });
		text = edit.ok ? edit.value.newText : expect.fail(edit.error);
		const soFar = permissions.slice(0, permissions.indexOf(permission) + 1);
		expect(printPolicy('c', soFar)).toBe(text);
	}
	expect(printPolicy('c', [])).toBe(
		'version: "1.0"\ndescription: "Auto-generated policy for component: c"\npermissions: {}\n',
	);
});
