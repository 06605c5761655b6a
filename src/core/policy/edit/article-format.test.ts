import { describe, expect, test } from 'vitest';
import { convertArticleFormat, parsePolicy } from '..';

describe('convertArticleFormat', () => {
	test('rewrites the short format, with a note for each rewrite', () => {
		const converted = convertArticleFormat(`permissions:
  filesystem:
    read:
      - /data
      - ./notes
    write: [/data]
  network:
    allow:
      - api.example.com
      - host: b.test
      - 10.0.0.0/8
    deny: [evil.test]
  environment:
    allow:
      - API_KEY
      - {key: HOME}
  tools: [x]
`);
		expect(converted?.newText).toBe(`version: "1.0"
description: "Converted from the format of an article"
permissions:
  storage:
    allow:
      - uri: "fs:///data"
        access: ["read", "write"]
      - uri: "fs://notes"
        access: ["read"]
  network:
    allow:
      - host: "api.example.com"
      - host: "b.test"
  environment:
    allow:
      - key: "API_KEY"
      - key: "HOME"
`);
		expect(converted?.notes).toEqual([
			'Wassette requires a version: `version: "1.0"` is added',
			'Line 2: `filesystem` becomes `storage`',
			'Line 3: `read` becomes rules with `access: [read]`',
			'Line 4: “/data” becomes `uri: fs:///data`',
			'Line 5: “./notes” becomes `uri: fs://notes`',
			'Line 6: `write` becomes rules with `access: [write]`',
			'Line 6: “/data” becomes `uri: fs:///data`',
			'Line 9: “api.example.com” becomes `host: api.example.com`',
			'Line 11: ranges such as 10.0.0.0/8 never match in Wassette, so this one is left out',
			'Line 15: “API_KEY” becomes `key: API_KEY`',
			'Line 17: `tools` means nothing to Wassette and is left out',
			'Deny lists are never enforced by Wassette, so they are left out: evil.test',
		]);
	});

	test('takes sections from the root, keeps the description, and says that comments go', () => {
		const converted = convertArticleFormat(
			'description: mine # why\nversion: 1.1\nenv: [A]\nresources: {memory: 64}\n',
		);
		expect(converted?.newText).toBe(
			'version: "1.1"\ndescription: "mine"\npermissions:\n  environment:\n    allow:\n      - key: "A"\n  resources:\n    limits:\n      memory: "64Mi"\n',
		);
		expect(converted?.notes.at(-1)).toBe('Comments are not carried over');
	});

	test('leaves out, with a note, what no policy can hold', () => {
		const converted = convertArticleFormat('environment: [A*, B]\n');
		expect(converted?.newText).not.toContain('A*');
		expect(converted?.notes).toContain('Left out: No wildcards allowed in environment keys: A*');
	});

	test.each([
		['version: "1.0"\npermissions: {network: {allow: [{host: a.test}]}}'],
		['version: "1.0"\npermissions: {}'],
		[''],
		['- a'],
		['permissions: {'],
		['a: &a b\nnetwork: [*a]'],
		['\0'],
	])('has nothing to do for %j', (text) => {
		expect(convertArticleFormat(text)).toBeNull();
	});

	test('gives a policy that needs no conversion', () => {
		const { newText } = convertArticleFormat('filesystem: {read-write: [/a]}\nhttp: [a.test]\n')!;
		expect(parsePolicy(newText).problems).toEqual([]);
		expect(convertArticleFormat(newText)).toBeNull();
	});
});
