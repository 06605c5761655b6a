const folders = (process.env.FOLDERS ?? 'src/core/policy,src/core/wit,src/host/filesystem').split(',');

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	testRunner: 'in-process',
	plugins: [new URL('test-runner.mjs', import.meta.url).href],
	mutatedTests: { folders },
	coverageAnalysis: 'perTest',
	ignorePatterns: ['/*', '!/src', '!/recordings', '!/package.json', '!/tsconfig.json', '!/public'],
	// A message, or the name of a class of characters, is for people: another one is no fault.
	mutator: { excludedMutations: ['StringLiteral'] },
	reporters: ['json', 'progress-append-only', 'clear-text'],
	clearTextReporter: { reportTests: false, reportMutants: false },
	concurrency: 1,
	tempDirName: '/tmp/d/stryker-tmp',
	jsonReporter: { fileName: process.env.MUT_REPORT ?? '/tmp/d/mut.json' },
	warnings: { unknownOptions: false },
};
