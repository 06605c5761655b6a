import { expect, test } from 'vitest';
import { grant } from '../core/policy';
import type { Permission } from '../core/policy/edit/permission';
import { grantCall } from './grant-call';
import { fakeTool } from './testing/fake-deck';
import { openSession } from './testing/session';

const policy = 'version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: a.example\n';

test.each<Permission>([
	{ kind: 'storage', uri: 'fs:///data', access: ['read', 'write'] },
	{ kind: 'network', host: 'b.example' },
	{ kind: 'environment', key: 'TOKEN' },
])('the built-in tool grants %j as the same edit of the text would', async (permission) => {
	const { deck, client } = await openSession();
	deck.add('one', [fakeTool('say')]);
	deck.setPolicy('one', policy);
	const call = grantCall('one', permission)!;
	expect(await client.callTool(call.name, call.arguments)).toMatchObject({ status: 'result' });
	const edit = grant(policy, permission, { componentId: 'one' });
	expect(deck.components[0]!.policy).toBe(edit.ok ? edit.value.newText : '');
	expect(deck.components[0]!.policy).not.toBe(policy);
});

test('no built-in tool grants memory', () => {
	expect(grantCall('one', { kind: 'memory', limit: '1Mi' })).toBeNull();
});
