import { describe, expect, test } from 'vitest';
import { grant, parsePolicy, removeRule, reset, revoke, type Permission } from '..';

const options = { componentId: 'fetch' };
const host = (name: string): Permission => ({ kind: 'network', host: name });
const text = (edit: ReturnType<typeof grant>) => (edit.ok ? edit.value.newText : `error: ${edit.error}`);

const commented = `# top
version: "1.0"
permissions:
    network: # the net
        allow:
            # weather
            - host: "api.example.com" # main
            # nothing else

    storage:
        allow:
        - uri: 'fs://data'
          access:
          - read # only
# end
`;

describe('granting', () => {
	test('makes a policy for a component that has none', () => {
		const made = `version: "1.0"
description: "Auto-generated policy for component: fetch"
permissions:
  network:
    allow:
      - host: "a.test"
`;
		expect(grant(null, host('a.test'), options)).toEqual({
			ok: true,
			value: { newText: made, addedLines: [1, 2, 3, 4, 5, 6], changed: true },
		});
		expect(text(grant('  \n', host('a.test'), options))).toBe(made);
		expect(text(grant('# mine\n', host('a.test'), options))).toBe(`# mine\n${made}`);
	});

	test('puts a rule after its neighbours and leaves comments and layout alone', () => {
		const edit = grant(commented, host('b.test'), options);
		expect(edit).toMatchObject({ ok: true, value: { addedLines: [8] } });
		expect(text(edit)).toBe(commented.replace('# main\n', '# main\n            - host: "b.test"\n'));
	});

	test('follows the indentation of the document where it starts a section', () => {
		expect(text(grant(commented, { kind: 'environment', key: 'KEY' }, options))).toBe(
			commented.replace(
				'- read # only\n',
				'- read # only\n    environment:\n        allow:\n            - key: "KEY"\n',
			),
		);
	});

	test('widens the rule that is there', () => {
		expect(
			text(grant(commented, { kind: 'storage', uri: 'fs://data', access: ['read', 'write'] }, options)),
		).toBe(commented.replace('- read # only\n', '- read # only\n          - write\n'));
		const flow = commented.replace('access:\n          - read # only', "access: ['read']");
		expect(text(grant(flow, { kind: 'storage', uri: 'fs://data', access: ['write'] }, options))).toBe(
			flow.replace("['read']", "['read', 'write']"),
		);
		const twice = { kind: 'storage', uri: 'fs://data', access: ['write', 'read', 'write'] } as const;
		expect(text(grant(flow, twice, options))).toBe(flow.replace("['read']", "['read', 'write']"));
	});

	test('changes nothing for what is granted already', () => {
		for (const permission of [
			host('api.example.com'),
			{ kind: 'storage', uri: 'fs://data', access: ['read'] } as const,
		])
			expect(grant(commented, permission, options)).toEqual({
				ok: true,
				value: { newText: commented, addedLines: [], changed: false },
			});
	});

	test.each([
		[
			'version: "1.0"\npermissions: {}',
			'version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "a.test"',
		],
		[
			'version: "1.0"\npermissions:\n  network:\n    allow: [] # none\n',
			'version: "1.0"\npermissions:\n  network:\n    allow: # none\n      - host: "a.test"\n',
		],
		[
			'version: "1.0"\npermissions:\n  network:\n    allow:\n',
			'version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "a.test"\n',
		],
		[
			'version: "1.0"\npermissions: ~\n',
			'version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "a.test"\n',
		],
		[
			'version: "1.0"\npermissions:\n  network: {deny: []}\n',
			'version: "1.0"\npermissions:\n  network: {deny: [], allow: [{ host: "a.test" }]}\n',
		],
		[
			'{"version": "1.0", "permissions": {"network": {"allow": [{"host": "x"}]}}}',
			'{"version": "1.0", "permissions": {"network": {"allow": [{"host": "x"}, { "host": "a.test" }]}}}',
		],
		[
			'{"version": "1.0", "permissions": {}}',
			'{"version": "1.0", "permissions": { "network": { "allow": [{ "host": "a.test" }] } }}',
		],
		[
			'version: "1.0"\r\npermissions:\r\n  network:\r\n    allow:\r\n    - host: x\r\n',
			'version: "1.0"\r\npermissions:\r\n  network:\r\n    allow:\r\n    - host: x\r\n    - host: "a.test"\r\n',
		],
		[
			'permissions:\n\n  storage:\n\nversion: "1.0"\n',
			'permissions:\n\n  storage:\n  network:\n    allow:\n      - host: "a.test"\n\nversion: "1.0"\n',
		],
		[
			'version: "1.0"\npermissions: {network: {allow: [{host: x},]}}\n',
			'version: "1.0"\npermissions: {network: {allow: [{host: x}, { host: "a.test" },]}}\n',
		],
		[
			'version: "1.0"\npermissions: {network}\n',
			'version: "1.0"\npermissions: {network: { allow: [{ host: "a.test" }] }}\n',
		],
		[
			'version: "1.0"\npermissions: {}\n---\n',
			'error: The policy does not parse: deserializing from YAML containing more than one document is not supported',
		],
		[
			'{version: "1.0", permissions: }\n',
			'{version: "1.0", permissions: { network: { allow: [{ host: "a.test" }] } } }\n',
		],
	])('fits %j', (before, after) => {
		expect(text(grant(before, host('a.test'), options))).toBe(after);
	});

	test('refuses what would leave a policy that does not pass, unless told not to check', () => {
		expect(grant(commented, host('ex*mple.com'), options)).toEqual({
			ok: false,
			error: 'Wildcard should be at start like *.domain.com in: ex*mple.com',
		});
		const unchecked = grant(commented, host('ex*mple.com'), { ...options, checked: false });
		expect(unchecked.ok && parsePolicy(unchecked.value.newText).policy).toBeNull();
	});

	test('sets a memory limit', () => {
		const limited = text(
			grant('version: "1.0"\npermissions: {}\n', { kind: 'memory', limit: '1Mi' }, options),
		);
		expect(limited).toBe('version: "1.0"\npermissions:\n  resources:\n    limits:\n      memory: "1Mi"\n');
		expect(text(grant(limited, { kind: 'memory', limit: '2Mi' }, options))).toBe(
			limited.replace('1Mi', '2Mi'),
		);
	});
});

describe('revoking', () => {
	test('removes the lines of a rule and nothing else', () => {
		const two = text(grant(commented, host('b.test'), options));
		expect(text(revoke(two, { kind: 'network', host: 'b.test' }, options))).toBe(commented);
	});

	test('leaves an empty list behind', () => {
		const none = commented
			.replace('allow:\n', 'allow: []\n')
			.replace('            - host: "api.example.com" # main\n', '');
		expect(text(revoke(commented, { kind: 'network', host: 'api.example.com' }, options))).toBe(none);
		expect(text(grant(none, host('a.test'), options))).toContain('- host: "a.test"');
	});

	test('takes all access to a URI, from every rule for it', () => {
		const before =
			'version: "1.0"\npermissions: {storage: {allow: [{uri: "fs://a", access: [read]}, {uri: b, access: [read]}, {uri: "fs://a", access: [write]}]}}';
		expect(text(revoke(before, { kind: 'storage', uri: 'fs://a' }, options))).toBe(
			'version: "1.0"\npermissions: {storage: {allow: [{uri: b, access: [read]}]}}',
		);
	});

	test('changes nothing where there is no such rule', () => {
		expect(text(revoke(commented, { kind: 'environment', key: 'X' }, options))).toBe(commented);
		expect(revoke(null, { kind: 'environment', key: 'X' }, options)).toMatchObject({
			value: { changed: false },
		});
	});
});

describe('resetting', () => {
	test('takes away every permission and keeps the rest', () => {
		expect(text(reset(commented, options))).toBe('# top\nversion: "1.0"\npermissions: {}\n# end\n');
		expect(text(reset('version: "1.0"\npermissions: {network: {}}', options))).toBe(
			'version: "1.0"\npermissions: {}',
		);
		expect(parsePolicy(text(reset(null, options))).policy?.rules).toEqual([]);
	});
});

describe('removing a rule', () => {
	test('finds it by its reference', () => {
		const denied = `version: "1.0"\npermissions:\n  network:\n    deny:\n      - host: a\n      - host: b\n`;
		const rule = parsePolicy(denied).policy!.ruleRefs[0]!;
		expect(rule).toEqual({ text: 'host: a', line: 5 });
		expect(text(removeRule(denied, rule, options))).toBe(denied.replace('      - host: a\n', ''));
	});
});

test('a text that holds nothing but braces is refused in words', () => {
	expect(grant('{}', { kind: 'network', host: 'a.test' }, { componentId: 'x' })).toEqual({
		ok: false,
		error: 'The policy is laid out in a way that cannot be edited here',
	});
});
