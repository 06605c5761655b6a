import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { MUTATE = '', TESTS = '' } = process.env;
const temporary = join(tmpdir(), 'tapedeck-mutation');

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	testRunner: 'in-process',
	plugins: [new URL('test-runner.mjs', import.meta.url).href],
	mutate: MUTATE.split(' '),
	/** Folders whose tests are run. */
	mutatedTests: { folders: TESTS.split(',') },
	coverageAnalysis: 'perTest',
	ignorePatterns: ['/*', '!/src', '!/recordings', '!/package.json', '!/tsconfig.json', '!/public'],
	// Most texts are for people, and another one is no fault.
	mutator: { excludedMutations: ['StringLiteral'] },
	reporters: ['json', 'progress-append-only', 'clear-text'],
	clearTextReporter: { reportTests: false, logTests: false },
	jsonReporter: { fileName: join(temporary, 'mutation.json') },
	tempDirName: join(temporary, 'sandbox'),
	concurrency: 1,
	warnings: { unknownOptions: false },
};
