import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readPlaywright, readVitest } from './reports.mjs';
import { makeLogs, removeLogs } from './steps.mjs';
import { Tally } from './tally.mjs';

/* The last lines of a run: what was slow, what needed a second run, and the counts. */

let logs = '';
let lines: string[] = [];

beforeEach(() => {
	logs = makeLogs();
	lines = [];
	vi.spyOn(console, 'log').mockImplementation((text) => void lines.push(String(text)));
});
afterEach(() => {
	vi.restoreAllMocks();
	process.exitCode = undefined;
	removeLogs(logs);
});

function kept(name: string, report: object): string {
	const file = join(logs, name);
	writeFileSync(file, JSON.stringify(report));
	return file;
}

const spec = (title: string, ...durations: number[]) => ({
	title,
	tests: [{ results: durations.map((duration) => ({ duration })) }],
});

test('a test that took over five seconds is named, the slowest first, by the longest of its runs', () => {
	const playwright = kept('chromium.json', {
		stats: { expected: 2, unexpected: 0, flaky: 1 },
		suites: [
			{
				title: 'a.spec.ts',
				specs: [spec('is quick', 4_900)],
				suites: [{ title: 'a group', specs: [spec('waits', 5_100), spec('is lost once', 60_000, 900)] }],
			},
		],
	});
	const vitest = kept('unit.json', {
		numPassedTests: 2,
		numFailedTests: 0,
		testResults: [
			{
				assertionResults: [
					{ fullName: 'a property', duration: 7_000 },
					{ fullName: 'a unit', duration: 3 },
				],
			},
		],
	});
	const tally = new Tally();
	tally.check(true);
	tally.report('the unit tests', true, () => readVitest(vitest));
	tally.report('the tests in Chromium', true, () => readPlaywright(playwright));
	tally.print();
	expect(lines).toEqual([
		'slow: 60.0 s  a group: is lost once',
		'slow: 7.0 s  a property',
		'slow: 5.1 s  a group: waits',
		'1 needed a second run',
		'\n6 passed, 0 failed',
	]);
	expect(process.exitCode).toBe(0);
});

test('a part that left no report, or ended badly without a failed test, is a failure', () => {
	const tally = new Tally();
	tally.report('the unit tests', true, () => readVitest(join(logs, 'none.json')));
	tally.report('the tests in Chromium', false, () => ({ passed: 3, failed: 0, flaky: 0, slow: [] }));
	tally.print();
	expect(lines.at(-1)).toBe('\n3 passed, 2 failed');
	expect(process.exitCode).toBe(1);
});
