import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../read/parse';
import { createEvaluator } from '../rule/evaluate';
import { assumedWorld } from '../rule/assumed-world';
import { unionPolicy } from './union-policy';

const policyOf = (rest: string) => `version: "1.0"\npermissions:\n${rest}`;
const pages = policyOf(`  network:
    allow:
      - host: "tapes.example.com"
    deny:
      - host: "secret.example.com"
  storage:
    allow:
      - uri: "fs:///notes"
        access: ["read"]
  resources:
    limits:
      memory: "1Mi"
`);
const digest = policyOf(`  storage:
    allow:
      - uri: "fs:///notes"
        access: ["write"]
  environment:
    allow:
      - key: "KEY"
  resources:
    limits:
      memory: "2Mi"
`);
const decide = (policy: string) => createEvaluator(policy, 'documented', assumedWorld());

describe('the policy of several parts', () => {
	const union = unionPolicy('digest', [
		{ id: 'pages', policy: pages },
		{ id: 'digest', policy: digest },
	]);

	test('is one that reads, and says of each rule whose it was', () => {
		expect(parsePolicy(union.text).policy).not.toBeNull();
		expect(union.text).toBe(`version: "1.0"
description: "digest: what pages, digest may do, together"
permissions:
  storage:
    allow:
      - uri: "fs:///notes" # pages, digest
        access: ["read", "write"]
  network:
    allow:
      - host: "tapes.example.com" # pages
    deny:
      - host: "secret.example.com" # pages
  environment:
    allow:
      - key: "KEY" # digest
  resources:
    limits:
      memory: "3145728"
`);
	});

	test('allows what any part may do, and nothing that none may', () => {
		const may = decide(union.text);
		expect(may({ kind: 'network', method: 'GET', url: 'https://tapes.example.com/' }).outcome).toBe('allow');
		expect(may({ kind: 'network', method: 'GET', url: 'https://secret.example.com/' }).outcome).toBe('deny');
		expect(may({ kind: 'network', method: 'GET', url: 'https://other.example.com/' }).outcome).toBe('deny');
		expect(may({ kind: 'environment', key: 'KEY' }).outcome).toBe('allow');
		expect(may({ kind: 'environment', key: 'OTHER' }).outcome).toBe('deny');
	});

	test('says what it cannot say as the parts did', () => {
		expect(union.notes).toEqual(['pages denies secret.example.com: that binds every part now.']);
		const odd = unionPolicy('a', [
			{ id: 'a', policy: digest },
			{ id: 'b', policy: policyOf('  {}\n') },
			{ id: 'c', policy: null },
			{ id: 'd', policy: 'version: [' },
		]);
		expect(odd.notes).toEqual([
			'Not every part has a memory limit, so the whole has none.',
			'c has no policy attached, so nothing of it is in here.',
			'd has a policy that cannot be read, so nothing of it is in here.',
		]);
		expect(odd.text).not.toContain('memory');
	});

	test('grants nothing where no part is granted anything, and no name of a part becomes a rule', () => {
		expect(unionPolicy('a', [{ id: 'a', policy: policyOf('  {}\n') }]).text).toContain('permissions: {}\n');
		const id = 'a\n      - host: "evil.example.com"';
		const { text } = unionPolicy(id, [{ id, policy: pages }]);
		const hosts = parsePolicy(text).policy?.rules.flatMap((rule) => (rule.kind === 'host' ? rule.host : []));
		expect(hosts).toEqual(['tapes.example.com', 'secret.example.com']);
		expect(parsePolicy(text).policy?.rules).toHaveLength(4);
	});
});
