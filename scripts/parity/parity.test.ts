import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import rows from '../../recordings/differences.json';
import { compareStep, type Answer, type Row } from './compare.mjs';
import { differencesPage } from './differences-page.mjs';

const list: readonly Row[] = rows;
const call = { tool: 'echo-u8', arguments: '{"value":1}' };
const verdictOf = (real: Answer, page: Answer, some: readonly Row[] = []) =>
	compareStep(call, real, page, some, '0.8.0')?.verdict;

describe('an answer', () => {
	test('is the same where text, error and structure are, whatever the addresses of a backtrace', () => {
		const trap = (frame: string) => ({ text: `Error: backtrace:${frame}: wasm trap: x`, isError: true });
		expect(verdictOf(trap('\n    0:     0x7f - m!f'), trap(''))).toBe('same');
		expect(verdictOf({ text: 'a' }, { text: 'b' })).toBe('different');
		expect(verdictOf({ text: 'a', isError: true }, { text: 'a' })).toBe('different');
		expect(verdictOf({ text: '1', structured: 'json' }, { text: '1' })).toBe('different');
	});

	test('is the same in whatever order a set is named', () => {
		const components = (...ids: string[]) => ({
			text: JSON.stringify({ components: ids.map((id) => ({ id })), total: ids.length }),
		});
		expect(verdictOf(components('b', 'a'), components('a', 'b'))).toBe('same');
		expect(verdictOf(components('b', 'a'), components('a', 'c'))).toBe('different');
		const several = (ids: string) => ({ text: `Multiple components found for tool 'f': ${ids}` });
		expect(verdictOf(several('b, a'), several('a, b'))).toBe('same');
	});

	test('knows the rules of a policy file through how it is written', () => {
		const real = {
			policyFile: 'version: "1.0"\npermissions:\n  storage: null\n  network: {allow: [{host: a}]}\n',
		};
		const page = (host: string) => ({
			policyFile: `version: '1.0'\npermissions: {network: {allow: [host: ${host}]}} # mine\n`,
		});
		expect(verdictOf(real, page('a'))).toBe('same');
		expect(verdictOf(real, page('b'))).toBe('different');
		expect(verdictOf(real, { policyFile: null })).toBe('different');
	});

	test('that was not given, or that the page has no door for, is not compared', () => {
		expect(compareStep(call, { none: true }, { text: '' }, [], '0.8.0')).toBeNull();
		expect(compareStep(call, { tools: [] }, {}, [], '0.8.0')).toBeNull();
	});

	test('is other on purpose only where both sides fit a row, in a release that it speaks of', () => {
		const row = { what: 'x', match: { releases: ['0.8.0'], tool: '^echo-', real: '^error E', page: '^1$' } };
		const real = { text: 'E', isError: true };
		expect(verdictOf(real, { text: '1' }, [row])).toBe('on purpose');
		expect(verdictOf(real, { text: '2' }, [row])).toBe('different');
		expect(verdictOf({ text: 'E' }, { text: '1' }, [row])).toBe('different');
		expect(compareStep(call, real, { text: '1' }, [row], '0.4.0')?.verdict).toBe('different');
	});
});

describe('the list of differences', () => {
	test('is what the documentation has', async () => {
		const file = join(import.meta.dirname, '../../docs/differences.md');
		const page = await format(differencesPage(rows), { parser: 'markdown', useTabs: true });
		const words = (text: string) => text.replace(/[\s-]+/g, ' ');
		expect(words(readFileSync(file, 'utf8'))).toBe(words(page));
	});

	test('has patterns that compile, and none that fits everything', () => {
		for (const { what, match } of list) {
			if (!match) continue;
			const patterns = [match.tool, match.arguments, match.real, match.page].filter(
				(one) => one !== undefined,
			);
			expect([what, patterns.length > 0]).toEqual([what, true]);
			for (const pattern of patterns)
				expect([what, new RegExp(pattern, 's').test('')]).toEqual([what, false]);
		}
	});
});
