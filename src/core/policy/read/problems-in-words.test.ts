import { describe, expect, test } from 'vitest';
import { parsePolicy } from './parse';

const problems = (text: string) =>
	parsePolicy(text).problems.map(({ message, fix }) => ({ message, fix: fix?.text ?? null }));
const storage = (uri: string) =>
	`version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: '${uri}'\n        access: [read]\n`;

describe('what people write in real policies gets words of its own', () => {
	test('a schema for editors is no fault', () => {
		expect(problems('$schema: https://example.com/s.json\nversion: "1.0"\npermissions: {}\n')).toEqual([]);
	});

	test.each([
		['fs://$(pwd)/workspace', 'No shell reads this', null],
		['fs://${HOME}/x', 'No shell reads this', null],
		['fs://~/notes', 'Write your home directory in full', null],
		['fs://C:\\Users\\me', 'There are no drives here', null],
		['fs:///my%20files', 'Nothing is decoded here', '"fs:///my files"'],
	])('%s', (uri, words, fix) => {
		const found = problems(storage(uri));
		expect(found).toHaveLength(1);
		expect(found[0]?.message).toContain(words);
		expect(found[0]?.fix ?? null).toBe(fix);
	});

	test('a capability at the top is sent to where it belongs', () => {
		const found = problems('version: "1.0"\nstorage:\n  allow: []\npermissions: {}\n');
		expect(found[0]).toMatchObject({ message: expect.stringContaining('belongs under'), fix: null });
	});

	test('capabilities at the top are put under permissions, and a version that is missing is added, by a press each', () => {
		const text =
			'# mine\nstorage:\n  allow:\n    - uri: "fs:///data"\n      access: ["read"]\nnetwork:\n  allow:\n    - host: a.example\n';
		const apply = (from: string, code: string) => {
			const { fix } = parsePolicy(from).problems.find((problem) => problem.code === code && problem.fix)!;
			return from.slice(0, fix!.from) + fix!.text + from.slice(fix!.to);
		};
		const placed = apply(text, 'unknown-key');
		expect(placed).toBe(
			'# mine\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data"\n        access: ["read"]\n  network:\n    allow:\n      - host: a.example\n',
		);
		const whole = apply(placed, 'missing-field');
		expect(problems(whole)).toEqual([]);
		expect(parsePolicy(whole).policy?.rules).toHaveLength(2);
	});

	test('defaults in a list of hosts is said once', () => {
		const text = 'version: "1.0"\npermissions:\n  network:\n    allow:\n      - defaults: true\n';
		expect(problems(text)).toHaveLength(1);
	});

	test('the lists of an article are not offered a name under which they mean as little', () => {
		const found = problems('version: "1.0"\npermissions:\n  filesystem:\n    read: ["/data"]\n');
		expect(found[0]).toMatchObject({ message: expect.stringContaining('list `allow`'), fix: null });
	});
});
