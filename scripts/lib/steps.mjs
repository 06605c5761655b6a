import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installInto, mustInstall, runBinInto } from './run.mjs';

/** A folder for what commands write, removed at the end of a run that went well. */
export const makeLogs = () => mkdtempSync(join(tmpdir(), 'tapedeck-'));

export const removeLogs = (folder) => rmSync(folder, { recursive: true, force: true });

const seconds = (since) => `${Math.round((performance.now() - since) / 1000)} s`;

/** What a test runner said of tests that passed is left out. */
const worthReading = (text) =>
	text
		.split('\n')
		.filter((line) => !/^\s*(✓|ok)\s/.test(line))
		.join('\n');

/** Shows what a command wrote, and where all of it lies. */
export function showLog(log) {
	console.log(`${worthReading(readFileSync(log, 'utf8')).trimEnd()}\n(all of it: ${log})`);
}

/**
 * Runs one step that writes into a log of its own: one line that names it, and then how long it took; both at its end where it is one of several
 * side by side. What it wrote is shown where it failed. Resolves with whether it went well.
 */
export async function step(logs, title, act, { isBeside = false } = {}) {
	const log = join(logs, `${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.log`);
	const began = performance.now();
	if (!isBeside) process.stdout.write(`${title} … `);
	const ok = await act(log);
	console.log(`${isBeside ? `${title} … ` : ''}${ok ? '' : 'FAILED after '}${seconds(began)}`);
	if (!ok) showLog(log);
	return ok;
}

/** Builds the page into `dist`, as a step. */
export const buildPage = (logs, options) =>
	step(logs, 'Building the page', (log) => runBinInto(log, 'vite', ['build', '--logLevel', 'warn']), options);

/** Installs the packages where they are not there yet, as a step. Throws where that fails. */
export async function install(logs) {
	if (!mustInstall()) return;
	if (!(await step(logs, 'Installing packages', installInto)))
		throw new Error('The packages could not be installed.');
}
