import { describe, expect, test } from 'vitest';
import { most } from '../limits';
import { readStatement } from './read-statement';

const workflow = {
	ref: 'refs/tags/v1',
	repository: 'https://github.com/o/r',
	path: '.github/workflows/r.yml',
};

describe('a statement', () => {
	test('of how something was built has its facts, by both versions', () => {
		const first = readStatement('https://slsa.dev/provenance/v1', {
			buildDefinition: {
				buildType: 'https://actions.github.io/buildtypes/workflow/v1',
				externalParameters: { workflow },
				resolvedDependencies: [{ uri: 'git+https://github.com/o/r', digest: { gitCommit: 'abc' } }],
			},
			runDetails: {
				builder: { id: 'https://github.com/actions/runner/github-hosted' },
				metadata: { invocationId: 'https://github.com/o/r/actions/runs/1' },
			},
		});
		expect(first.title).toContain('SLSA');
		expect(Object.fromEntries(first.rows)).toEqual({
			'Built by': 'https://github.com/actions/runner/github-hosted',
			Source: 'https://github.com/o/r',
			Revision: 'abc',
			'Branch or tag': 'refs/tags/v1',
			Workflow: '.github/workflows/r.yml',
			Run: 'https://github.com/o/r/actions/runs/1',
			'Kind of build': 'https://actions.github.io/buildtypes/workflow/v1',
		});
		const older = readStatement('https://slsa.dev/provenance/v0.2', {
			builder: { id: 'b' },
			buildType: 't',
			invocation: { configSource: { uri: 'git+u', digest: { sha1: 'c' }, entryPoint: 'e' } },
		});
		expect(older.rows.map(([, text]) => text)).toEqual(['b', 'git+u', 'c', 'e', 't']);
	});

	test.each([
		[
			'https://cyclonedx.org/bom',
			{ bomFormat: 'CycloneDX', components: [{ name: 'a', licenses: [{ expression: 'MIT' }] }] },
			'What is in it (CycloneDX)',
		],
		[
			'https://cyclonedx.org/bom/v1.6',
			{ bomFormat: 'CycloneDX', components: [{ name: 'a', licenses: [{ license: { id: 'MIT' } }] }] },
			'What is in it (CycloneDX)',
		],
		[
			'https://spdx.dev/Document/v2.3',
			{ spdxVersion: 'SPDX-2.3', packages: [{ name: 'a', licenseConcluded: 'MIT' }] },
			'What is in it (SPDX)',
		],
	])('of %s lists materials with their licences', (type, predicate, title) => {
		const said = readStatement(type, predicate);
		expect(said).toMatchObject({ title, problem: null, materials: [{ name: 'a', license: 'MIT' }] });
	});

	test('that cannot be read, lists too much or is of another kind says so, whatever it holds', () => {
		expect(readStatement('https://cyclonedx.org/bom', 7).problem).toContain('no JSON object');
		const many = { bomFormat: 'CycloneDX', components: Array(most.materials + 1).fill({ name: 'a' }) };
		expect(readStatement('https://cyclonedx.org/bom', many).problem).toContain('8,193 packages');
		expect(readStatement('https://example.com/review/v1', null)).toMatchObject({
			title: 'A statement of another kind',
			rows: [['Kind', 'https://example.com/review/v1']],
		});
		for (const odd of [null, [], 'x', { buildDefinition: { resolvedDependencies: 'x' } }])
			expect(readStatement('https://slsa.dev/provenance/v1', odd).rows).toEqual([]);
		const long = { builder: { id: 'x'.repeat(100_000) } };
		expect(readStatement('https://slsa.dev/provenance/v0.2', long).rows[0]?.[1]).toHaveLength(1024);
	});
});
