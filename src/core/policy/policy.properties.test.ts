import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { yamlString } from './read/yaml-text';
import {
	assumedWorld,
	compile,
	decide,
	engines,
	evaluate,
	grant,
	parsePolicy,
	revoke,
	narrowestGrant,
	suggestions,
	type AccessRequest,
	type Permission,
	type WorldView,
} from '.';
import { runs } from '../testing/runs';

// Hundreds of policies are parsed for each; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const hosts = ['a.test', 'b.a.test', 'localhost', '127.0.0.1', '[::1]', 'c.test'];
const directories = ['/', '/data', '/data/sub', '/other', '/team/x'];

const world: WorldView = {
	...assumedWorld(),
	stat: (path) =>
		directories.includes(path) || path === '/team' ? 'directory' : path === '/data/f' ? 'file' : 'missing',
	variables: [{ key: 'A', secret: false }],
};

const request: fc.Arbitrary<AccessRequest> = fc.oneof(
	fc.record({
		kind: fc.constant('network' as const),
		method: fc.constant('GET'),
		url: fc
			.tuple(fc.constantFrom('http', 'https'), fc.constantFrom(...hosts), fc.constantFrom('', ':80', ':8443'))
			.map(([scheme, host, port]) => `${scheme}://${host}${port}/x`),
	}),
	fc.record({
		kind: fc.constant('storage' as const),
		access: fc.constantFrom('read' as const, 'write' as const),
		path: fc.constantFrom('/data', '/data/f', '/data/sub/g', '/other/x/y', '/database', '/team/x/z', '/'),
	}),
	fc.record({ kind: fc.constant('environment' as const), key: fc.constantFrom('A', 'B', 'a') }),
);

const accessWords = fc.subarray(['read', 'write'] as const, { minLength: 1 });
const ruleLine = {
	network: fc.oneof(
		fc
			.constantFrom(
				...hosts,
				'*',
				'*.test',
				'*.a.test',
				'https://a.test',
				'http://a.test',
				'a.test:8443',
				'a.test.',
			)
			.map((host) => `{host: ${yamlString(host)}}`),
		fc.constantFrom('127.0.0.0/8', '0.0.0.0/0', '::/0').map((cidr) => `{cidr: "${cidr}"}`),
	),
	storage: fc
		.tuple(
			fc.constantFrom(
				'fs:///data',
				'fs://data/sub',
				'fs:///',
				'fs:///other',
				'fs:///data/*',
				'fs:///**',
				'fs:///team/*/z',
				'/data',
			),
			accessWords,
		)
		.map(([uri, access]) => `{uri: "${uri}", access: [${access.join(', ')}]}`),
	environment: fc.constantFrom('A', 'B').map((key) => `{key: ${key}}`),
};

interface Lists {
	readonly network: { readonly allow: readonly string[]; readonly deny: readonly string[] };
	readonly storage: { readonly allow: readonly string[]; readonly deny: readonly string[] };
	readonly environment: { readonly allow: readonly string[] };
}

const pair = (line: fc.Arbitrary<string>) =>
	fc.record({ allow: fc.array(line, { maxLength: 3 }), deny: fc.array(line, { maxLength: 2 }) });

const lists: fc.Arbitrary<Lists> = fc.record({
	network: pair(ruleLine.network),
	storage: pair(ruleLine.storage),
	environment: fc.record({ allow: fc.array(ruleLine.environment, { maxLength: 2 }) }),
});

const list = (name: string, items: readonly string[]) =>
	`    ${name}:${items.length ? items.map((item) => `\n      - ${item}`).join('') : ' []'}\n`;

const print = ({ network, storage, environment }: Lists): string =>
	`version: "1.0"\npermissions:\n  network:\n${list('allow', network.allow)}${list('deny', network.deny)}` +
	`  storage:\n${list('allow', storage.allow)}${list('deny', storage.deny)}  environment:\n${list('allow', environment.allow)}`;

const permission: fc.Arbitrary<Permission> = fc.oneof(
	fc.record({
		kind: fc.constant('network' as const),
		host: fc.oneof(fc.constantFrom(...hosts), fc.string({ minLength: 1, unit: 'grapheme' })),
	}),
	fc.record({
		kind: fc.constant('environment' as const),
		key: fc.string({ minLength: 1, unit: 'grapheme' }),
	}),
	fc.record({
		kind: fc.constant('storage' as const),
		uri: fc.oneof(fc.constantFrom('fs:///data', 'fs://x'), fc.string({ minLength: 1, unit: 'grapheme' })),
		access: accessWords,
	}),
);

const options = { componentId: 'c' };
const engineId = fc.constantFrom(...engines.map(({ id }) => id));
const count = (text: string) => parsePolicy(text).policy!.rules.length;

describe('any policy', () => {
	test('is read without an exception, whatever the text', () => {
		const scrap = fc.constantFrom(
			'version: "1.0"',
			'permissions:',
			'network:',
			'allow:',
			'- host: ',
			'  ',
			'\n',
			'\r\n',
			'\t',
			'{',
			'}',
			'[',
			']',
			',',
			'&a ',
			'*a',
			'!!str ',
			'!x',
			'<<: ',
			'? ',
			'|\n',
			'>-\n',
			'"',
			"'",
			'#',
			'---\n',
			'...\n',
			'%YAML 1.1\n',
			'__proto__: ',
			'\0',
			'\ufeff',
			'1.0',
			'~',
		);
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({ unit: 'binary' }),
					fc.array(scrap, { maxLength: 30 }).map((parts) => parts.join('')),
				),
				(text) => {
					const { policy, problems } = parsePolicy(text);
					expect(policy === null).toBe(problems.some(({ severity }) => severity === 'error'));
					for (const { line, column, endLine, endColumn } of problems) {
						expect(line).toBeGreaterThan(0);
						expect(endLine * 1e6 + endColumn).toBeGreaterThan(line * 1e6 + column);
					}
				},
			),
			{ numRuns: runs(2000) },
		);
	});

	test('that has been printed reads as the rules it was printed from', () => {
		fc.assert(
			fc.property(lists, (rules) => {
				const { policy } = parsePolicy(print(rules));
				const lines = [
					rules.network.allow,
					rules.network.deny,
					rules.storage.allow,
					rules.storage.deny,
					rules.environment.allow,
				].flat();
				expect(policy!.rules.map((rule) => `{${rule.ref.text}}`)).toEqual(lines);
			}),
		);
	});

	test('decides through its compiled grants as it does when evaluated', () => {
		fc.assert(
			fc.property(lists, engineId, request, (rules, engine, asked) => {
				const grants = compile(print(rules), engine, world);
				const evaluated = evaluate(print(rules), engine, world, asked);
				if (grants.ok) expect(decide(JSON.parse(JSON.stringify(grants.value)), asked)).toEqual(evaluated);
				else
					expect(evaluated).toMatchObject({
						outcome: 'deny',
						reason: 'policy-failure',
						detail: grants.error.message,
					});
			}),
		);
	});

	test('allows by a rule of its own that it names', () => {
		fc.assert(
			fc.property(lists, engineId, request, (rules, engine, asked) => {
				const text = print(rules);
				const { outcome, rule, reason } = evaluate(text, engine, { ...world, variables: [] }, asked);
				if (outcome === 'allow') expect(parsePolicy(text).policy!.ruleRefs).toContainEqual(rule);
				else if (reason === 'denied-by-rule') expect(rule).not.toBeNull();
			}),
		);
	});
});

describe('the documented engine', () => {
	test('denies everything without a rule', () => {
		fc.assert(
			fc.property(request, (asked) => {
				for (const policy of [null, 'version: "1.0"\npermissions: {}\n', 'version: "2.0"', ''])
					expect(evaluate(policy, 'documented', world, asked).outcome).toBe('deny');
			}),
		);
	});

	const sections = fc.constantFrom('network' as const, 'storage' as const);

	test('never turns an allow into a deny because of one more allow rule', () => {
		fc.assert(
			fc.property(lists, sections, fc.context(), request, fc.integer(), (rules, section, _, asked, seed) => {
				const line = fc.sample(ruleLine[section], { seed, numRuns: 1 })[0]!;
				const more = { ...rules, [section]: { ...rules[section], allow: [...rules[section].allow, line] } };
				if (evaluate(print(rules), 'documented', world, asked).outcome === 'allow')
					expect(evaluate(print(more), 'documented', world, asked).outcome).toBe('allow');
			}),
			{ numRuns: runs(500) },
		);
	});

	test('never turns a deny into an allow because of one more deny rule', () => {
		fc.assert(
			fc.property(lists, sections, request, fc.integer(), (rules, section, asked, seed) => {
				const line = fc.sample(ruleLine[section], { seed, numRuns: 1 })[0]!;
				const more = { ...rules, [section]: { ...rules[section], deny: [...rules[section].deny, line] } };
				if (evaluate(print(rules), 'documented', world, asked).outcome === 'deny')
					expect(evaluate(print(more), 'documented', world, asked).outcome).toBe('deny');
			}),
			{ numRuns: runs(500) },
		);
	});
});

describe('a grant', () => {
	test('leaves a policy that parses, holds what it held, and takes back to where it was', () => {
		fc.assert(
			fc.property(lists, permission, (rules, added) => {
				const before = print(rules);
				const edit = grant(before, added, options);
				if (!edit.ok) return;
				const after = edit.value.newText;
				expect(parsePolicy(after).policy).not.toBeNull();
				expect(count(after) - count(before)).toBeLessThanOrEqual(1);
				expect(grant(after, added, options)).toMatchObject({ ok: true, value: { changed: false } });
				if (count(after) === count(before)) return;
				const back = revoke(after, added as Exclude<Permission, { kind: 'memory' }>, options);
				expect(back.ok && parsePolicy(back.value.newText).policy!.rules.map(({ ref }) => ref.text)).toEqual(
					parsePolicy(before).policy!.rules.map(({ ref }) => ref.text),
				);
			}),
			{ numRuns: runs(500) },
		);
	});
});

describe('a suggestion', () => {
	test('allows exactly what was denied, and takes nothing away', () => {
		fc.assert(
			fc.property(
				lists,
				engineId,
				request,
				fc.array(request, { minLength: 3, maxLength: 8 }),
				(rules, engine, asked, others) => {
					const policy = print(rules);
					const before = (other: AccessRequest) => evaluate(policy, engine, world, other).outcome;
					const found = suggestions(asked, { policy, engine, world, componentId: 'c' });
					if (before(asked) === 'allow') expect(found).toEqual([]);
					for (const { newText, removedRules, permission: added } of found) {
						expect(evaluate(newText, engine, world, asked).outcome).toBe('allow');
						for (const other of others) {
							const after = evaluate(newText, engine, world, other).outcome;
							if (before(other) === 'allow') expect(after).toBe('allow');
							else if (after === 'allow' && removedRules.length === 0 && added)
								expect(other.kind).toBe(asked.kind);
						}
					}
				},
			),
			{ numRuns: runs(300) },
		);
	});

	test('exists for every denied request that some rule can allow', () => {
		fc.assert(
			fc.property(engineId, request, (engine, asked) => {
				const found = suggestions(asked, { policy: null, engine, world, componentId: 'c' });
				const isAllowed = evaluate(null, engine, world, asked).outcome === 'allow';
				expect(found.length > 0).toBe(!isAllowed);
			}),
		);
	});

	test('is the same one where only the narrowest is asked for', () => {
		fc.assert(
			fc.property(lists, engineId, request, (rules, engine, asked) => {
				const context = { policy: print(rules), engine, world, componentId: 'c' };
				expect(narrowestGrant(asked, context)).toEqual(suggestions(asked, context)[0] ?? null);
			}),
			{ numRuns: runs(200) },
		);
	});

	test('comes first in its narrowest form', () => {
		fc.assert(
			fc.property(engineId, request, request, (engine, asked, other) => {
				const found = suggestions(asked, { policy: null, engine, world, componentId: 'c' });
				const allows = found.map(
					({ newText }) => evaluate(newText, engine, world, other).outcome === 'allow',
				);
				expect(allows.indexOf(true)).toBe(allows.includes(true) ? allows.lastIndexOf(false) + 1 : -1);
			}),
			{ numRuns: runs(500) },
		);
	});
});
