import { expect, test } from 'vitest';
import { defineType, describeFunction } from './describe-type';
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

test('only the start of a command and the handler of a service are entries, of any patch of 0.2 and 0.3', () => {
	const entryOf = (owner: string, name: string) => asEntry({ ...command, interface: owner, name }).entry;
	expect(entryOf('wasi:cli/run@0.2.12', 'run')).toBe('command');
	expect(entryOf('wasi:cli/run@0.3.0', 'run')).toBe('command');
	expect(entryOf('wasi:cli/run@0.2.0', 'stop')).toBeUndefined();
	expect(entryOf('my-wasi:cli/run@0.2.0', 'run')).toBeUndefined();
	expect(entryOf('wasi:http/incoming-handler@0.2.12', 'handle')).toBe('service');
	expect(entryOf('wasi:http/handler@0.3.10', 'handle')).toBe('service');
	expect(entryOf('wasi:http/handler@0.2.0', 'handle')).toBeUndefined();
	expect(entryOf('wasi:http/handler@0.3.0-rc', 'handle')).toBeUndefined();
	expect(entryOf('wasi:http/incoming-handler@0.2.0', 'other')).toBeUndefined();
	expect(entryOf('my-wasi:http/incoming-handler@0.2.0', 'handle')).toBeUndefined();
});

test('what goes in and out of an entry is written as WIT', () => {
	const written = (fn: WitFunction) => describeFunction(asEntry(fn));
	expect(written(command)).toBe(
		'run: func(arguments: option<list<string>>, stdin: option<string>) -> result',
	);
	expect(written(service)).toBe(
		'handle: func(method: option<string>, path: option<string>, headers: option<list<tuple<string, string>>>, ' +
			'body: option<string>) -> result<response, string>',
	);
	const { result } = asEntry(service);
	expect(result?.kind === 'result' && result.ok && defineType(result.ok)).toBe(
		'record response {\n  status: u16,\n  headers: list<tuple<string, string>>,\n  body: string,\n  encoding: encoding,\n' +
			'  trailers: option<list<tuple<string, string>>>,\n}',
	);
	expect(
		result?.kind === 'result' && result.ok?.kind === 'record' && result.ok.fields[3]?.type,
	).toMatchObject({
		cases: ['text', 'base64'],
	});
});
