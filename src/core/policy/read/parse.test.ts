import { describe, expect, test } from 'vitest';
import cases from '../cases/validation.json';
import { parsePolicy, releaseIds } from '..';

const errorsOf = (text: string) => parsePolicy(text).problems.filter(({ severity }) => severity === 'error');
const warningsOf = (text: string) =>
	parsePolicy(text).problems.filter(({ severity }) => severity === 'warning');
const valid = (permissions: string) => `version: "1.0"\npermissions:\n${permissions}`;
const rule = (section: string, item: string) => valid(`  ${section}:\n    allow:\n      - ${item}\n`);

describe('the table of policies', () => {
	test.each(cases as { id: string; policy: string; valid: boolean; message?: string }[])(
		'$id',
		({ policy, valid: isValid, message }) => {
			expect(parsePolicy(policy).policy !== null).toBe(isValid);
			const errors = errorsOf(policy);
			expect(errors.length > 0).toBe(!isValid);
			if (message !== undefined)
				expect(errors.map((problem) => problem.message).join('\n')).toContain(message);
		},
	);
});

describe('what Wassette refuses', () => {
	test.each([
		[
			rule('storage', '{uri: "fs://a/**/**.txt", access: [read]}'),
			'Wildcard ** needs to be its own path segment in: fs://a/**/**.txt',
		],
		[
			rule('storage', '{uri: "fs://a/*b*/c", access: [read]}'),
			"Multiple * in path segment '*b*' - that's weird",
		],
		[rule('storage', '{access: [read]}'), 'missing field `uri`'],
		[rule('storage', '{uri: "fs://a"}'), 'missing field `access`'],
		[
			rule('storage', '{uri: "fs://a", access: read}'),
			'invalid type: string "read", expected a list of `read` and `write`',
		],
		[
			rule('storage', '{uri: "fs://a", access: [READ]}'),
			'unknown variant `READ`, expected `read` or `write`',
		],
		[rule('storage', '"fs://a"'), 'invalid type: string "fs://a", expected a map for a storage rule'],
		[rule('storage', '{uri: [a], access: [read]}'), 'invalid type: sequence, expected a string for `uri`'],
		[rule('network', '{host: "**example.com"}'), 'Too many wildcards in host: **example.com'],
		[rule('network', '{host: 127.1}'), 'data did not match any variant of untagged enum NetworkPermission'],
		[
			rule('network', '{defaults: true}'),
			'data did not match any variant of untagged enum NetworkPermission',
		],
		[rule('network', '{cidr: ""}'), "CIDR can't be empty"],
		[valid('  network: {allow: {defaults: true}}\n'), 'invalid type: map, expected a list'],
		...['*_DEBUG', 'PA*TH', '*PATH*', '**PATH', 'PATH**'].map((key) => [
			rule('environment', `{key: "${key}"}`),
			`No wildcards allowed in environment keys: ${key}`,
		]),
		[rule('environment', '{key: }'), "Environment key can't be empty"],
		...[
			['cpu: ""', 'CPU limit string cannot be empty'],
			['cpu: "xm"', 'Invalid millicores value: xm'],
			['cpu: "x"', 'Invalid cores value: x'],
			['cpu: "-1"', 'CPU cores cannot be negative: -1'],
			['cpu: -1', 'Legacy CPU value cannot be negative: -1'],
			['memory: ""', 'Memory limit string cannot be empty'],
			['memory: "1.5Gi"', 'Invalid memory value: 1.5Gi'],
			['memory: "512MB"', 'Invalid memory value: 512MB'],
			['memory: "99999999999Ti"', 'Memory value too large: 99999999999Ti'],
			['memory: -1', 'Invalid memory value: data did not match any variant of untagged enum MemoryLimit'],
		].map(([limit, message]) => [valid(`  resources: {limits: {${limit}}}\n`), message!]),
		[
			valid('  resources: {memory: lots}\n'),
			'invalid type: string "lots", expected a whole number of megabytes',
		],
		[valid('  resources: {io: fast}\n'), 'invalid type: string "fast", expected a whole number'],
		['version: 1\npermissions: {}', 'Unsupported version: 1'],
		['version: [1]\npermissions: {}', 'invalid type: `version` must be a string such as "1.0"'],
		['version: "1.0"\npermissions: []', 'invalid type: sequence, expected a map for `permissions`'],
		['- a', 'invalid type: sequence, expected a map for a policy'],
		['', 'missing field `version`'],
		['version: "1.0"\nversion: "1.1"\npermissions: {}', 'duplicate field `version`'],
	])('%j: %s', (text, message) => {
		expect(errorsOf(text).map((problem) => problem.message)).toContain(message);
		expect(parsePolicy(text).policy).toBeNull();
	});

	test('is marked where it stands', () => {
		const text = valid('  network:\n    allow:\n      - host: "ok.test"\n      - host: "ex*mple.com" # no\n');
		expect(errorsOf(text)).toEqual([
			{
				severity: 'error',
				code: 'network-host',
				message: 'Wildcard should be at start like *.domain.com in: ex*mple.com',
				line: 6,
				column: 15,
				endLine: 6,
				endColumn: 28,
			},
		]);
		expect(errorsOf('permissions: {}')).toMatchObject([{ line: 1, column: 1, endLine: 1 }]);
	});
});

describe('what is read', () => {
	test('keeps each rule with its text, its lines and its place', () => {
		const text = `# c
version: '1.0'
description: d
permissions:
  network:
    deny: [{host: b.test}, {cidr: 10.0.0.0/8}]
    allow:
      # first
      - host: "a.test" # why
      -
        host: >-
          c.test
  storage: {allow: [{uri: "fs:///data", access: [read, write, read]}]}
  environment:
    allow:
    - key: 5
      note: x
  resources:
    limits:
      memory: "1Mi"
`;
		const { policy } = parsePolicy(text);
		expect(policy).toMatchObject({ version: '1.0', description: 'd' });
		expect(policy!.rules.map(({ kind, effect, ref }) => [kind, effect, ref.line, ref.text])).toEqual([
			['host', 'deny', 6, 'host: b.test'],
			['cidr', 'deny', 6, 'cidr: 10.0.0.0/8'],
			['host', 'allow', 9, 'host: "a.test"'],
			['host', 'allow', 10, 'host: "c.test"'],
			['storage', 'allow', 13, 'uri: "fs:///data", access: [read, write, read]'],
			['environment', 'allow', 16, 'key: 5, note: x'],
			['memory', 'allow', 20, 'memory: "1Mi"'],
		]);
		expect(policy!.ruleRefs).toEqual(policy!.rules.map(({ ref }) => ref));
		const [first] = policy!.rules.filter(({ kind, effect }) => kind === 'host' && effect === 'allow');
		expect(text.slice(first!.range.from, first!.range.to)).toBe('host: "a.test"');
		expect(text.slice(first!.value.from, first!.value.to)).toBe('"a.test"');
	});

	test('is the same with any line ends, and refused behind a byte order mark', () => {
		const text = rule('network', 'host: a.test');
		const read = (written: string) =>
			parsePolicy(written).policy!.rules.map(({ ref, lastLine }) => ({ ref, lastLine }));
		expect(read(text.replaceAll('\n', '\r\n'))).toEqual(read(text));
		for (const end of ['\r', '\u0085', '\u2028']) expect(read(text.replaceAll('\n', end))).toHaveLength(1);
		expect(parsePolicy(`\ufeff${text}`).policy).toBeNull();
		expect(read(text.trimEnd())).toEqual(read(text));
	});

	test('takes names such as __proto__ for what they are', () => {
		const text = valid(
			'  environment:\n    allow:\n      - key: __proto__\n  __proto__: {network: {allow: [{host: a.test}]}}\n',
		);
		expect(parsePolicy(text).policy!.rules).toMatchObject([{ kind: 'environment', key: '__proto__' }]);
		expect(warningsOf(text)).toMatchObject([{ code: 'unknown-key', line: 6 }]);
		expect(({} as Record<string, unknown>).network).toBeUndefined();
	});
});

describe('a hostile text', () => {
	const big = 60_000;
	test.each([
		['many aliases', `a: &a [x]\n${'b: *a\n'.repeat(5000)}`],
		['nested aliases', 'a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n'],
		['deep brackets', '['.repeat(big)],
		['deep braces', '{a: '.repeat(big / 4)],
		['deep dashes', '- '.repeat(big / 2)],
		['deep question marks', '? '.repeat(big / 2)],
		['deep indentation', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
		['many keys', Array.from({ length: 9000 }, (_, index) => `k${index}:`).join('\n')],
		['many documents', '--- a\n'.repeat(big / 6)],
		['many tags', `a: ${'!!str '.repeat(big / 6)}`],
		['a private tag in a network rule', rule('network', '!x {host: a.test}')],
		['many quotes', '"'.repeat(big)],
		['many anchors', '&a '.repeat(big / 3)],
		['many colons', ':'.repeat(big)],
		['many spaces', ' '.repeat(big)],
		['many tabs', '\t'.repeat(big)],
		['many carriage returns', '\r'.repeat(big)],
		['many comments', '#\n'.repeat(big / 2)],
		['a long block scalar', `a: |\n${' x\n'.repeat(big / 3)}`],
		['a NUL', 'version: "1.0"\0\npermissions: {}'],
		['an escape character', 'version: "1.0" # \u001b[2J\npermissions: {}'],
		['a byte order mark inside', 'version: "1.0"\n\ufeffpermissions: {}'],
		['half a surrogate pair', 'version: "1.0"\npermissions: {} # \ud800'],
		[
			'a second document',
			'version: "1.0"\npermissions: {}\n---\nversion: "1.0"\npermissions: {network: {allow: [{host: a}]}}',
		],
		['a number as large as can be', valid(`  resources: {memory: ${'9'.repeat(5000)}}\n`)],
		['a text too long', `# ${'x'.repeat(65_536)}`],
		['a text too long in bytes', `# ${'ü'.repeat(33_000)}`],
	])('of %s is refused', (_, text) => {
		const { policy, problems } = parsePolicy(text);
		expect(policy).toBeNull();
		expect(problems.length).toBeGreaterThan(0);
		expect(problems.length).toBeLessThanOrEqual(100);
	});

	test('with a merge key grants nothing by it', () => {
		const text = 'x: &x {network: {allow: [{host: a.test}]}}\nversion: "1.0"\npermissions:\n  <<: *x\n';
		expect(parsePolicy(text).policy!.rules).toEqual([]);
	});

	test('that repeats lists through aliases is bounded', () => {
		const access = Array.from({ length: 900 }, () => '*r').join(', ');
		const rules = Array.from({ length: 900 }, () => '*s').join(', ');
		const many = `x: [&r read, &a [${access}], &s {uri: fs:///d, access: *a}]\n${valid(`  storage:\n    allow: [${rules}]\n`)}`;
		expect(errorsOf(many).map(({ message }) => message)).toContain('repetition limit exceeded');
	});

	test('of nearly two thousand rules is read', () => {
		const hosts = Array.from({ length: 1900 }, (_, index) => `      - host: h${index}\n`).join('');
		expect(parsePolicy(valid(`  network:\n    allow:\n${hosts}`)).policy!.rules).toHaveLength(1900);
	});

	test.each(['{}', '[]', ']', '}', '-\n', '- ', '"', '!a ', '- a: b\n'])(
		'of nothing but %j is read neither word for word nor error for error',
		(piece) => {
			const all = parsePolicy(piece.repeat(60_000 / piece.length)).problems;
			expect(all).toHaveLength(1);
			expect(all[0]!.message).toMatch(/^The policy (holds more than 16,384 words|is nested deeper)/);
			const some = parsePolicy(piece.repeat(16_000 / (2 * piece.length))).problems.map(
				({ message }) => message,
			);
			expect(some.join('\n')).toMatch(
				/more than 250 errors|expected a map|nested deeper|Missing closing|can have at most one/,
			);
		},
	);

	test('is read once, however often it is asked for', () => {
		const text = valid('  network:\n    allow:\n      - host: once.test\n');
		expect(parsePolicy(text)).toBe(parsePolicy(`${text}`));
	});

	test('far deeper than a policy means anything is read, up to a bound', () => {
		const deep = (levels: number) => valid(`  runtime: ${'['.repeat(levels)}${']'.repeat(levels)}\n`);
		expect(parsePolicy(deep(300).replace('runtime', 'unknown')).policy).not.toBeNull();
		expect(errorsOf(deep(700))[0]!.message).toContain('500 levels');
	});
});

describe('what Wassette accepts and does not honour', () => {
	const codes = (text: string) => warningsOf(text).map(({ code }) => code);
	const fixed = (text: string, code: string) => {
		const { fix } = warningsOf(text).find((problem) => problem.code === code)!;
		return fix && text.slice(0, fix.from) + fix.text + text.slice(fix.to);
	};

	test.each([
		[rule('network', 'host: localhost:8080'), ['host-dead'], rule('network', 'host: "localhost"')],
		[rule('network', 'host: "*.example.com"'), ['host-wildcard'], undefined],
		[rule('network', 'cidr: 10.0.0.0/8'), ['cidr-ignored'], undefined],
		[rule('network', 'cidr: x/y'), ['cidr-invalid', 'cidr-ignored'], undefined],
		[rule('network', 'host: https://a.test:8443'), ['host-port'], undefined],
		[rule('network', 'host: a.test/v1'), ['host-path'], rule('network', 'host: "a.test"')],
		[rule('network', 'host: https://u@a.test/'), ['host-path'], rule('network', 'host: "https://a.test"')],
		[rule('network', 'host: "::1"'), ['host-invalid'], rule('network', 'host: "[::1]"')],
		[rule('network', 'host: a.test.'), ['host-dot'], rule('network', 'host: "a.test"')],
		[rule('network', 'host: ftp://a.test'), ['host-scheme'], undefined],
		[rule('network', 'host: 10.0.0.0/8'), ['host-range'], undefined],
		[rule('network', 'host: https://api.github.com/'), [], undefined],
		[
			rule('storage', '{uri: "fs:///data/**", access: [read]}'),
			['storage-glob'],
			rule('storage', '{uri: "fs:///data", access: [read]}'),
		],
		[
			rule('storage', '{uri: "fs:///**", access: [read]}'),
			['storage-glob'],
			rule('storage', '{uri: "fs:///", access: [read]}'),
		],
		[rule('storage', '{uri: "fs:///a/*/b", access: [read]}'), ['storage-glob'], undefined],
		[
			rule('storage', '{uri: "fs://config/app.yaml", access: [read]}'),
			['storage-file'],
			rule('storage', '{uri: "fs://config", access: [read]}'),
		],
		[
			rule('storage', '{uri: /data, access: [read]}'),
			['storage-scheme'],
			rule('storage', '{uri: "fs:///data", access: [read]}'),
		],
		[
			rule('storage', '{uri: "file:///data", access: [read]}'),
			['storage-scheme'],
			rule('storage', '{uri: "fs:///data", access: [read]}'),
		],
		[rule('storage', '{uri: "http://a", access: [read]}'), ['storage-scheme'], undefined],
		[rule('storage', '{uri: "fs://a", access: [write]}'), ['write-only', 'write-includes-read'], undefined],
		[rule('storage', '{uri: "fs://.config", access: [read]}'), [], undefined],
	])('%j', (text, expected, repaired) => {
		expect(codes(text).sort()).toEqual([...expected].sort());
		if (expected[0]) expect(fixed(text, expected[0])).toBe(repaired);
	});

	test.each([
		['  filesystem: {}\n', 'Did you mean `storage`?', '  storage: {}\n'],
		['  environments: {}\n', 'Did you mean `environment`?', '  environment: {}\n'],
		['  netwrok: {}\n', 'Did you mean `network`?', '  network: {}\n'],
		['  network: {alow: []}\n', 'Did you mean `allow`?', '  network: {allow: []}\n'],
		['  tools: {}\n', 'Known here: storage, network', undefined],
	])('a key such as in %j', (permissions, hint, repaired) => {
		const text = valid(permissions);
		expect(warningsOf(text)[0]!.message).toContain(hint);
		expect(fixed(text, 'unknown-key')).toBe(repaired && valid(repaired));
	});

	test('the sections and limits that nothing reads', () => {
		const text = valid(
			'  runtime: {docker: {}}\n  ipc: {allow: [{uri: "pipe://x"}]}\n  resources: {cpu: 50, io: 1, limits: {cpu: "1"}}\n',
		);
		expect(codes(text).sort()).toEqual([
			'cpu-ignored',
			'cpu-ignored',
			'io-ignored',
			'ipc-ignored',
			'runtime-ignored',
		]);
	});

	test('deny rules, under the releases only', () => {
		const text = valid('  network: {deny: [{host: "*.a.test"}, {cidr: 10.0.0.0/8}]}\n');
		expect(warningsOf(text)).toMatchObject([
			{ code: 'deny-ignored', engines: releaseIds },
			{ code: 'deny-ignored', engines: releaseIds },
		]);
		expect(warningsOf(valid('  environment: {deny: []}\n'))[0]!.message).toContain('no deny list');
	});

	test('rules that say nothing new', () => {
		const item = (host: string) => `      - host: ${host}\n`;
		const hosts = (...names: string[]) => valid(`  network:\n    allow:\n${names.map(item).join('')}`);
		expect(codes(hosts('a.test', 'b.test', 'A.test'))).toEqual(['duplicate']);
		expect(fixed(hosts('a.test', 'b.test', 'A.test'), 'duplicate')).toBe(hosts('a.test', 'b.test'));
		expect(warningsOf(hosts('https://a.test', 'a.test'))).toMatchObject([{ code: 'covered', line: 5 }]);
		expect(codes(hosts('https://a.test', 'http://a.test'))).toEqual([]);
		const paths = (...rules: string[]) =>
			valid(`  storage:\n    allow:\n${rules.map((text) => `      - ${text}\n`).join('')}`);
		expect(
			warningsOf(paths('{uri: "fs:///data/sub", access: [read]}', '{uri: "fs://data", access: [read]}')),
		).toMatchObject([{ code: 'covered', line: 5 }]);
		expect(
			warningsOf(
				paths('{uri: "fs:///data", access: [read, write]}', '{uri: "fs:///data/sub", access: [read]}'),
			),
		).toMatchObject([{ code: 'does-not-narrow', line: 6 }]);
		expect(
			codes(paths('{uri: "fs:///data", access: [read]}', '{uri: "fs:///database", access: [read]}')),
		).toEqual([]);
	});
});

test('a rule that is written as a list is quoted as it is written', () => {
	const { policy } = parsePolicy('version: "1.0"\npermissions:\n  network:\n    allow:\n      - [a.test]\n');
	expect(policy?.rules[0]?.ref).toEqual({ text: '[a.test]', line: 5 });
});
