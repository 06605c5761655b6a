import { TestStatus } from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import { expect, vi } from 'vitest';

/** One file of tests, loaded with everything that it imports evaluated anew. */
export class TestFile {
	/** @type {{ id: string, body: () => unknown }[]} */
	tests = [];

	static async load({ script, require }, name) {
		const file = new TestFile();
		const later = [];
		const given = { vitest: file.#vitest(name, later), 'fast-check': { ...fc, assert: assertBriefly } };
		const exported = {};
		script.runInThisContext()(exported, (id) => given[id] ?? require(id));
		await exported.load[name]();
		for (const describe of later) describe();
		return file;
	}

	async run(id) {
		const test = this.tests.find((each) => each.id === id);
		const started = performance.now();
		const result = { id, name: id.slice(id.indexOf('#') + 1), fileName: id.slice(0, id.indexOf('#')) };
		try {
			await test.body();
			return { ...result, status: TestStatus.Success, timeSpentMs: performance.now() - started };
		} catch (error) {
			const failureMessage = error instanceof Error ? error.message : String(error);
			return {
				...result,
				status: TestStatus.Failed,
				failureMessage,
				timeSpentMs: performance.now() - started,
			};
		}
	}

	/** As much of Vitest as these tests use. */
	#vitest(file, later) {
		let prefix = '';
		const ids = new Map();
		const test = (title, body) => {
			const plain = `${file}#${prefix}${title}`;
			const times = (ids.get(plain) ?? 0) + 1;
			ids.set(plain, times);
			this.tests.push({ id: times === 1 ? plain : `${plain} (${times})`, body });
		};
		test.each = (rows) => (title, body) => {
			// By its place: what a row holds may be written otherwise each time, such as the stack of an error.
			for (const [at, row] of rows.entries())
				test(`${title} (${at + 1})`, () => body(...(Array.isArray(row) ? row : [row])));
		};
		// Their bodies run when all of the file has, as they may use what stands below them.
		const describe = (title, body) =>
			later.push(() => {
				prefix = `${title} `;
				body();
				prefix = '';
			});
		return { describe, expect, test, it: test, vi: { fn: vi.fn, spyOn: vi.spyOn, setConfig: () => {} } };
	}
}

/** Examples that a property is held against. */
export const mostRuns = Number(process.env.PROPERTY_RUNS ?? 15);

/** The same few examples each time: a mutant that only the hundredth finds is not worth the time of the other thousands. */
const assertBriefly = (property, { numRuns = 100, ...rest } = {}) =>
	fc.assert(property, { ...rest, seed: 1, numRuns: Math.min(numRuns, mostRuns) });
