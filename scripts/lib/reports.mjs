import { readFileSync } from 'node:fs';

/** A test that takes longer than this is named in the run's last lines: somewhere a patience may have run out. */
const slowMs = 5_000;

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Every test below a suite of a Playwright report: its title and how long its longest run took. */
const testsOf = ({ title, suites = [], specs = [] }) => [
	...suites.flatMap(testsOf),
	...specs.flatMap((spec) =>
		spec.tests.map(({ results }) => ({
			title: `${title}: ${spec.title}`,
			ms: Math.max(0, ...results.map(({ duration }) => duration)),
		})),
	),
];

const slowest = (tests) => tests.filter(({ ms }) => ms > slowMs).sort((a, b) => b.ms - a.ms);

/** What a Playwright report in JSON says: `{ passed, failed, flaky, slow }`, `slow` as `{ title, ms }`. Throws where there is none. */
export function readPlaywright(file) {
	const { stats, suites } = read(file);
	return {
		passed: stats.expected + stats.flaky,
		failed: stats.unexpected,
		flaky: stats.flaky,
		slow: slowest(suites.flatMap(testsOf)),
	};
}

/** The same of a report of Vitest. */
export function readVitest(file) {
	const { numPassedTests, numFailedTests, testResults } = read(file);
	const tests = testResults.flatMap(({ assertionResults }) =>
		assertionResults.map(({ fullName, duration }) => ({ title: fullName, ms: duration ?? 0 })),
	);
	return { passed: numPassedTests, failed: numFailedTests, flaky: 0, slow: slowest(tests) };
}
