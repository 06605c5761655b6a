import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { PluginKind, commonTokens, declareClassPlugin, tokens } from '@stryker-mutator/api/plugin';
import {
	DryRunStatus,
	TestStatus,
	determineHitLimitReached,
	toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { bundleTests } from './bundle-tests.mjs';
import { TestFile, mostRuns } from './test-file.mjs';

/** A test that takes longer is not run for each mutant. */
const mostMilliseconds = 20 * mostRuns;

/** In the folder that is made for one run. */
const tookFile = 'took.json';

/**
 * Runs the unit tests of what is mutated in this process: all are bundled once, and each run evaluates anew the files that it needs, so a
 * mutant finds no state of the one before, and one that acts while a module loads is like any other. A worker of Vitest's for each mutant
 * costs ten times as much.
 */
class TestRunner {
	static inject = tokens(commonTokens.options);
	#options;
	#space;
	/** @type {Awaited<ReturnType<typeof bundleTests>>} */
	#bundle;
	/** What each test took in the dry run: the quick ones go first. */
	#took = new Map();

	constructor(options) {
		this.#options = options;
		this.#space = globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
	}

	capabilities() {
		return { reloadEnvironment: true };
	}

	async init() {
		this.#bundle = await bundleTests(process.cwd(), this.#options.mutatedTests.folders);
		this.#space.activeMutant = undefined;
		// A process that took the place of one that was stopped has no dry run.
		if (existsSync(tookFile)) this.#took = new Map(JSON.parse(readFileSync(tookFile, 'utf8')));
	}

	async dryRun() {
		const tests = [];
		const perTest = {};
		for (const name of this.#bundle.names) {
			const { tests: found } = await this.#load(name);
			for (const { id } of found) {
				// What an earlier test left in a cache would hide that this one needs it, too.
				this.#space.mutantCoverage = undefined;
				this.#space.currentTestId = id;
				const file = await this.#load(name);
				const result = await file.run(id);
				// What a slow test alone would find counts as not found: it would be run for each of thousands.
				const isQuick = result.timeSpentMs < mostMilliseconds;
				perTest[id] = (isQuick && this.#space.mutantCoverage?.perTest[id]) || {};
				this.#took.set(id, result.timeSpentMs);
				tests.push(result);
			}
		}
		this.#space.currentTestId = undefined;
		writeFileSync(tookFile, JSON.stringify([...this.#took]));
		return { status: DryRunStatus.Complete, tests, mutantCoverage: { static: {}, perTest } };
	}

	async mutantRun({ testFilter = [], hitLimit, activeMutant }) {
		Object.assign(this.#space, { hitLimit, hitCount: 0, activeMutant: activeMutant.id });
		const files = new Map();
		const tests = [];
		for (const id of testFilter.toSorted((a, b) => (this.#took.get(a) ?? 0) - (this.#took.get(b) ?? 0))) {
			const name = id.slice(0, id.indexOf('#'));
			try {
				const file = files.get(name) ?? (await this.#load(name));
				files.set(name, file);
				tests.push(await file.run(id));
			} catch (error) {
				tests.push({
					id,
					name: id,
					status: TestStatus.Failed,
					failureMessage: String(error),
					timeSpentMs: 0,
				});
			}
			if (tests.at(-1).status === TestStatus.Failed) break;
		}
		this.#space.activeMutant = undefined;
		const timeout = determineHitLimitReached(this.#space.hitCount, hitLimit);
		return toMutantRunResult(timeout ?? { status: DryRunStatus.Complete, tests });
	}

	async #load(name) {
		return TestFile.load(this.#bundle, name);
	}
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', TestRunner)];
