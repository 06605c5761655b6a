import { describe, expect, test } from 'vitest';
import { assumedWorld, evaluate, explainUnfound, parsePolicy } from '..';

function explained(uris: readonly string[], path: string, engine = '0.8.0'): string {
	const rules = uris.map((uri) => `      - {uri: "${uri}", access: [read]}\n`).join('');
	const text = `version: "1.0"\npermissions:\n  storage:\n    allow:\n${rules}`;
	const decision = evaluate(text, engine, assumedWorld(), { kind: 'storage', access: 'read', path });
	expect(decision.outcome).toBe('allow');
	return explainUnfound(decision, parsePolicy(text).policy!.rules);
}

describe('why a component did not find what is granted', () => {
	test('is the slash at the end of a rule, for the folder itself', () => {
		expect(explained(['fs:///data/'], '/data')).toMatch(
			/^The policy grants \/data by line 5 .* and not the folder itself: .* Write “fs:\/\/\/data”\.$/,
		);
	});

	test.each(['fs:///data/.', 'fs:///data//', 'fs:///a/../data'])(
		'is a name that no path begins with: %s',
		(uri) => {
			expect(explained([uri], '/data/x.txt')).toMatch(/no path begins so\. Write “fs:\/\/\/data”\.$/);
		},
	);

	test('is that the folder has no name', () => {
		expect(explained(['fs://'], '/data/x.txt')).toMatch(/gives the folder no name.* Write “fs:\/\/\.”\.$/);
	});

	test('is the number of folders', () => {
		const three = ['fs:///a', 'fs:///b', 'fs:///c'];
		expect(explained(three, '/b/x.txt')).toContain('only the first and the last');
		expect(explained(['fs://data'], '/data/x')).toContain('up to the library');
	});
});
