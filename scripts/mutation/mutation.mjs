import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * What is mutated, each with the folders whose tests are to notice, and with how many examples a property is held against for each mutant:
 * where they take long, it is few.
 */
const targets = {
	policy: { tests: ['src/core/policy'], runs: 15 },
	wit: { tests: ['src/core/wit'], runs: 40 },
	filesystem: { tests: ['src/host/filesystem', 'src/host/preview3'], runs: 60 },
};

const [name, ...globs] = process.argv.slice(2);
const target = targets[name];
if (!target) {
	console.error(
		`Changes the code of a folder in thousands of small ways, and says which of them no unit test notices.\n\n` +
			`npm run mutation ${Object.keys(targets).join('|')} [FILES]\n\n` +
			`FILES are globs such as src/core/policy/rule/*.ts; default: the whole folder.`,
	);
	process.exit(2);
}

if (!existsSync(here('node_modules')))
	run('npm', ['ci', '--prefix', here('.'), '--no-audit', '--no-fund', '--loglevel', 'error']);
const { tests, runs } = target;
run(
	process.execPath,
	[here('node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', here('stryker.config.mjs')],
	{
		PROPERTY_RUNS: String(runs),
		MUTATE: [
			...(globs.length > 0 ? globs : [`${tests[0]}/**/*.ts`]),
			`!${tests[0]}/**/*.{test,bench}.ts`,
			`!${tests[0]}/**/{testing*,cases,layout}.ts`,
		].join(' '),
		TESTS: tests.join(),
	},
);

function run(command, args, env = {}) {
	const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
	if (status !== 0) process.exit(status ?? 1);
}
