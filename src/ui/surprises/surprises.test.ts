import { describe, expect, test } from 'vitest';
import { engines, releaseIds } from '../../core/policy';
import { checkExpectations, type Scenario } from '../../core/scenario';
import { sampleUrl } from '../../page/samples';
import { shownSurprises, surprises, surpriseScenario } from './surprises';

async function scenarioOf(name: string): Promise<Scenario> {
	const read = await surpriseScenario(name);
	if (!read.ok) throw new Error(read.error);
	return read.value;
}

const shown = surprises.filter((surprise) => surprise.shown);
const key = (request: object, component = '') => `${component} ${JSON.stringify(request)}`;

describe('the surprises', () => {
	test('are all there, in order, each once', () => {
		expect(surprises.map(({ id }) => id)).toEqual(Array.from({ length: 37 }, (_, at) => `S${at + 1}`));
		expect(new Set(surprises.map(({ name }) => name)).size).toBe(surprises.length);
	});

	test('have a scenario exactly where they say so, and else say why not', () => {
		expect([...shownSurprises].sort()).toEqual(shown.map(({ name }) => name).sort());
		for (const { shown, why, id } of surprises) expect([id, Boolean(why)]).toEqual([id, !shown]);
	});

	test('name releases that there are', () => {
		for (const { since, fixed } of surprises) {
			expect(releaseIds).toContain(since);
			if (fixed !== null) expect(releaseIds).toContain(fixed);
		}
	});

	test.each(shown.map(({ name }) => name))('%s is decided as it says', async (name) => {
		const checked = checkExpectations(await scenarioOf(name));
		expect(checked.filter(({ passed }) => !passed).map(({ name, message }) => `${name}: ${message}`)).toEqual(
			[],
		);
	});

	test.each(shown)('$name shows the release and what is documented, side by side', async (surprise) => {
		const { engine, expectations = [], calls = [], components } = await scenarioOf(surprise.name);
		expect(engine).toBe(surprise.engine);
		expect(engines.map(({ id }) => id)).toContain(engine);
		const outcomes = (of: string) =>
			new Map(
				expectations
					.filter((row) => row.engine === of)
					.map(({ request, component, outcome }) => [key(request, component), outcome]),
			);
		const [release, documented] = [outcomes(engine!), outcomes('documented')];
		expect([...release.keys()]).toEqual([...documented.keys()]);
		const differs = [...release].some(([request, outcome]) => documented.get(request) !== outcome);
		expect(differs).toBe(surprise.differs);
		// What is in no decision has to be seen in a call.
		expect(calls.length).toBeGreaterThan(0);
		for (const { expect: expected } of calls) expect(expected?.outcome).toBeDefined();
		for (const { source } of components)
			expect('author' in source || ('sample' in source && sampleUrl(source.sample))).toBeTruthy();
	});
});
