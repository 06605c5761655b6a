import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import schema from './policy.schema.json' with { type: 'json' };
import { completions, hover, parsePolicy } from '..';

/** A text with the cursor where the bar is. */
const at = (marked: string) => ({ text: marked.replace('|', ''), offset: marked.indexOf('|') });
const labels = (marked: string) => {
	const { text, offset } = at(marked);
	return completions(text, offset).map(({ label }) => label);
};
const accepted = (marked: string, label: string) => {
	const { text, offset } = at(marked);
	const { from, to, insert } = completions(text, offset).find((completion) => completion.label === label)!;
	return text.slice(0, from) + insert + text.slice(to);
};

const head = 'version: "1.0"\npermissions:\n';

describe('completions', () => {
	test.each([
		['|', ['policy']],
		['version: "1.0"\n|', ['description', 'permissions']],
		['version: "1.0"\nperm|', ['description', 'permissions']],
		[`${head}  |`, ['storage', 'network', 'environment', 'resources', 'runtime', 'ipc']],
		[`${head}  network:\n    allow: []\n  |`, ['storage', 'environment', 'resources', 'runtime', 'ipc']],
		[`${head}  |\n  network:\n    allow: []\n`, ['storage', 'environment', 'resources', 'runtime', 'ipc']],
		[`${head}  network:\n    |`, ['allow', 'deny']],
		[`${head}  environment:\n    |`, ['allow']],
		[`${head}  network:\n    allow:\n      |`, ['host', 'cidr']],
		[`${head}  network:\n    allow:\n      - |`, ['host', 'cidr']],
		[`${head}  network:\n    allow:\n    - |`, ['host', 'cidr']],
		[`${head}  storage:\n    allow:\n      - uri: "fs:///data"\n        |`, ['access']],
		[`${head}  storage:\n    allow:\n      - uri: "fs:///data"\n        access: |`, ['read', 'write']],
		[`${head}  storage:\n    allow:\n      - uri: "fs:///data"\n        access: [read, |]`, ['write']],
		[
			`${head}  storage:\n    allow:\n      - uri: "fs:///data"\n        access:\n          - |`,
			['read', 'write'],
		],
		[`${head}  storage:\n    allow:\n      - uri: a\n        access: [read]\n      - |`, ['uri', 'access']],
		[`${head}  resources:\n    limits:\n      memory: |`, ['64Mi', '512Mi', '1Gi']],
		['version: |', ['1.0']],
		[`${head}  # netw|`, []],
		[`${head}  nonsense:\n    |`, []],
	])('in %j', (marked, expected) => {
		expect(labels(marked)).toEqual(expected);
	});

	test.each([
		[`${head}  netw|`, 'network', `${head}  network:\n    `],
		[`${head}  network:\n    al|`, 'allow', `${head}  network:\n    allow:\n      - `],
		[`${head}  network:\n    allow:\n      |`, 'host', `${head}  network:\n    allow:\n      - host: `],
		[
			`${head}  storage:\n    allow:\n      - uri: a\n        access: |`,
			'read',
			`${head}  storage:\n    allow:\n      - uri: a\n        access: [read]`,
		],
		[
			`${head}  storage:\n    allow:\n      - uri: a\n        access: [re|]`,
			'read',
			`${head}  storage:\n    allow:\n      - uri: a\n        access: [read]`,
		],
		['version: |', '1.0', 'version: "1.0"'],
	])('put into %j', (marked, label, text) => {
		expect(accepted(marked, label)).toBe(text);
	});

	test('never throw, wherever the cursor is', () => {
		const text = `${head}\t- - a: [b\r\n  "x y": {\n'"\n? z\n: -\n`;
		for (let offset = 0; offset <= text.length; offset++) {
			for (const { from, to } of completions(text, offset)) expect(from).toBeLessThanOrEqual(to);
			hover(text, offset);
		}
	});
});

describe('hover', () => {
	test.each([
		[`${head}  netw|ork:\n`, 'network', 'send HTTP requests'],
		[`${head}  storage:\n    de|ny: []\n`, 'deny', 'never enforced'],
		[`${head}  network:\n    allow:\n      - ho|st: a.test # why\n`, 'host', 'A host such as'],
		[`${head}  network:\n    allow:\n      - host: a.te|st # why\n`, 'a.test', 'A host such as'],
		[`${head}  network:\n    deny: []\n    allow:\n    - host: a.te|st\r\n`, 'a.test', 'A host such as'],
		[
			`${head}  storage:\n    allow:\n      - uri: x\n        access:\n          - re|ad\n`,
			'read',
			'read: list',
		],
		[`${head}  environment:\n    allow:\n      - "ke|y": A\n`, '"key"', 'one variable'],
	])('in %j', (marked, range, words) => {
		const { text, offset } = at(marked);
		const found = hover(text, offset)!;
		expect(text.slice(found.from, found.to)).toBe(range);
		expect(found.text).toContain(words);
	});

	test.each([`${head}  nonsen|se:\n`, `${head}  network: # com|ment\n`, '|', `${head}|`])(
		'has nothing to say in %j',
		(marked) => {
			const { text, offset } = at(marked);
			expect(hover(text, offset)).toBeNull();
		},
	);
});

describe('the schema', () => {
	test('that is served is the one the editor uses', () => {
		const served: unknown = JSON.parse(readFileSync('public/policy.schema.json', 'utf8'));
		expect(served).toEqual(schema);
	});

	test('knows the keys that the parser knows', () => {
		const keys = Object.keys(schema.properties.permissions.properties);
		const text = `version: "1.0"\npermissions: {${keys.map((key) => `${key}: {}`).join(', ')}}`;
		expect(parsePolicy(text).problems.filter(({ code }) => code === 'unknown-key')).toEqual([]);
	});
});
