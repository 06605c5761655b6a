import { describe, expect, test } from 'vitest';
import { revertText } from './revert-text';

const before = 'version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: a.test\n';
const after = `${before}      - host: b.test\n`;

describe('an edit that is taken back', () => {
	test('gives the text as it was where nothing else was written', () => {
		expect(revertText(before, after, after)).toBe(before);
	});

	test('keeps a comment that was written before it', () => {
		expect(revertText(before, after, `# mine\n${after}`)).toBe(`# mine\n${before}`);
	});

	test('keeps a comment that was written after it', () => {
		expect(revertText(before, after, `${after}# mine\n`)).toBe(`${before}# mine\n`);
	});

	test('keeps a comment on a line that the edit did not touch', () => {
		expect(revertText(before, after, after.replace('network:', 'network: # mine'))).toBe(
			before.replace('network:', 'network: # mine'),
		);
	});

	test('is withdrawn where its own lines were changed', () => {
		expect(revertText(before, after, after.replace('b.test', 'c.test'))).toBeNull();
		expect(revertText(before, after, '')).toBeNull();
	});

	test('brings back what it had taken away', () => {
		expect(revertText(after, before, `# mine\n${before}`)).toBe(`# mine\n${after}`);
	});
});
