import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { assumedWorld, createEvaluator, parsePolicy, type AccessRequest, type WorldView } from '..';
import { rulesUnder } from './check-policy';
import { comparePolicies } from './compare-policies';
import { deadRules } from './dead-rules';
import { policyReachOf } from './reach';
import { runs } from '../../testing/runs';

// Hundreds of policies are parsed for each; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const world: WorldView = { ...assumedWorld(), stat: () => 'directory' };
const engine = fc.constantFrom('0.2.0', '0.8.0', '0.8.1', 'documented');

const hosts = ['a.test', 'b.a.test', 'c.b.a.test', '10.1.2.3', '[::1]', 'other.example'];
const paths = ['/', '/data', '/data/a', '/data/a/b', '/data/b.txt', '/database', '/team/x/z', '/*'];
const requests: readonly AccessRequest[] = [
	...hosts.flatMap((host) =>
		['http:', 'https:'].flatMap((scheme) =>
			['', ':8443'].map((port) => ({
				kind: 'network' as const,
				method: 'GET',
				url: `${scheme}//${host}${port}/`,
			})),
		),
	),
	...paths.flatMap((path) =>
		(['read', 'write'] as const).map((access) => ({ kind: 'storage' as const, access, path })),
	),
	...['A', 'B'].map((key) => ({ kind: 'environment' as const, key })),
];

const hostLine = fc.constantFrom(
	...[
		...hosts,
		'*',
		'*.test',
		'*.a.test',
		'https://a.test',
		'http://a.test',
		'a.test:8443',
		'ftp://a.test',
	].map((host) => `{host: "${host}"}`),
	...['10.0.0.0/8', '10.1.0.0/16', '::/0', '0.0.0.0/0'].map((cidr) => `{cidr: "${cidr}"}`),
);
const uris = [
	'/',
	'/data',
	'/data/a',
	'/data/*',
	'/data/**',
	'/data/*.txt',
	'/data/b*',
	'/**/z',
	'/team/*/z',
	'/*',
];
const storageLine = fc
	.tuple(fc.constantFrom(...uris), fc.subarray(['read', 'write'], { minLength: 1 }))
	.map(([path, access]) => `{uri: "fs://${path}", access: [${access.join(', ')}]}`);
const keyLine = fc.constantFrom('A', 'B').map((key) => `{key: ${key}}`);

const items = (line: fc.Arbitrary<string>, maxLength: number) => fc.array(line, { maxLength });
const list = (name: string, lines: readonly string[]) =>
	`    ${name}:${lines.length === 0 ? ' []' : lines.map((line) => `\n      - ${line}`).join('')}\n`;

const policy = fc
	.tuple(
		items(hostLine, 4),
		items(hostLine, 2),
		items(storageLine, 4),
		items(storageLine, 2),
		items(keyLine, 2),
	)
	.map(
		([hosts, noHosts, uris, noUris, keys]) =>
			`version: "1.0"\npermissions:\n  network:\n${list('allow', hosts)}${list('deny', noHosts)}` +
			`  storage:\n${list('allow', uris)}${list('deny', noUris)}  environment:\n${list('allow', keys)}`,
	);

const outcomes = (text: string, under: string) => {
	const decide = createEvaluator(text, under, world);
	return requests.map((request) => decide(request).outcome);
};

test('what is gained and lost leaves out no request that is decided otherwise', () => {
	fc.assert(
		fc.property(policy, policy, engine, (before, after, under) => {
			const { gained, lost } = comparePolicies(before, after, under, world);
			const [was, is] = [outcomes(before, under), outcomes(after, under)];
			for (const [index, request] of requests.entries()) {
				const becomes = was[index] === is[index] ? null : is[index];
				if (becomes === 'allow') expect(gained.some(({ kind }) => kind === request.kind)).toBe(true);
				if (becomes === 'deny') expect(lost.some(({ kind }) => kind === request.kind)).toBe(true);
			}
		}),
		{ numRuns: runs(60) },
	);
});

test('under a release, what is gained is granted by no request of before', () => {
	fc.assert(
		fc.property(policy, policy, fc.constantFrom('0.2.0', '0.8.1'), (before, after, under) => {
			const { gained, lost } = comparePolicies(before, after, under, world);
			const isSame = String(outcomes(before, under)) === String(outcomes(after, under));
			// The stars that are names here, and the ones of the requests, are the same.
			const known = [...gained, ...lost].filter(({ words }) => !/\*/.test(words));
			if (isSame) expect(known).toEqual([]);
		}),
		{ numRuns: runs(60) },
	);
});

test('a rule that is called dead can be taken out, and nothing is decided otherwise', () => {
	let found = 0;
	fc.assert(
		fc.property(policy, engine, (text, under) => {
			const parsed = parsePolicy(text);
			const dead = deadRules(rulesUnder(parsed, under), policyReachOf(parsed, under, world));
			for (const { rule } of dead) {
				found++;
				const lines = text.split('\n');
				lines.splice(rule.ref.line - 1, 1);
				const emptied = lines.join('\n').replace(/(allow|deny):(?=\n(?! {6}))/g, '$1: []');
				expect(outcomes(emptied, under)).toEqual(outcomes(text, under));
			}
		}),
		{ numRuns: runs(60) },
	);
	expect(found).toBeGreaterThan(runs(60) / 3);
});
