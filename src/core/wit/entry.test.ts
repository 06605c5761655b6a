import { expect, test } from 'vitest';
import { asEntry } from './entry';
import { toolsOf } from './tools-of';
import type { WitFunction } from './types';

const command: WitFunction = {
	interface: 'wasi:cli/run@0.2.6',
	name: 'run',
	params: [],
	result: { kind: 'result', ok: null, err: null },
};
const service: WitFunction = {
	interface: 'wasi:http/incoming-handler@0.2.0',
	name: 'handle',
	params: [
		{ name: 'request', type: { kind: 'own', resource: 'incoming-request' } },
		{ name: 'response-out', type: { kind: 'own', resource: 'response-outparam' } },
	],
	result: null,
};

test('a command takes arguments and standard input, and needs neither', () => {
	const [tool] = toolsOf([asEntry(command)]);
	expect(tool?.name).toBe('wasi_cli_run_0_2_6_run');
	expect(Object.keys(tool?.inputSchema['properties'] as object)).toEqual(['arguments', 'stdin']);
	expect(tool?.inputSchema['required']).toEqual([]);
	expect(tool?.uncallable).toBeUndefined();
});

test('a service takes the parts of a request and can be called', () => {
	const [tool] = toolsOf([asEntry(service)]);
	expect(tool?.uncallable).toBeUndefined();
	expect(Object.keys(tool?.inputSchema['properties'] as object)).toEqual([
		'method',
		'path',
		'headers',
		'body',
	]);
	expect(toolsOf([service])[0]?.uncallable).toContain('takes a resource');
});

test.each([
	['of another interface', { ...command, interface: 'a:b/run@0.2.0' }],
	['of a draft', { ...command, interface: 'wasi:cli/run@0.3.0-rc-2026-01-06' }],
	['at world level', { ...command, interface: null }],
])('a function %s is as it is', (_name, fn) => {
	expect(asEntry(fn)).toBe(fn);
});
