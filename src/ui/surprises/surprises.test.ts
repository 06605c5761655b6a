import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { layoutOf } from '../../artifact/testing/layout-of';
import { tarOf } from '../../artifact/testing/tar-of';
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

	/** What came in the archive of a surprise is its scenario's component, with its policy. `TAPEDECK_WRITE=1` writes it anew. */
	test.each(surprises.flatMap(({ name, archive }) => (archive === undefined ? [] : [{ name, archive }])))(
		'$name comes in an archive that is the artifact of its component and its policy',
		async ({ name, archive }) => {
			const { components } = await scenarioOf(name);
			const [{ id, policy, source } = { id: '', policy: null, source: {} }] = components;
			const sample = 'sample' in source ? source.sample : '';
			const layers = [
				{
					mediaType: 'application/wasm',
					content: readFileSync(`static-components/${sample}/${sample}.wasm`),
					title: `${id}.wasm`,
				},
				{ mediaType: 'application/vnd.wasm.policy.v1+yaml', content: policy ?? '' },
			];
			const made = tarOf(layoutOf([{ name: `tapes.example.com/tools/${id}:1.0`, layers }]));
			const path = `static-surprises/${archive}`;
			if (process.env['TAPEDECK_WRITE']) writeFileSync(path, made);
			expect(Buffer.from(made).equals(readFileSync(path))).toBe(true);
		},
	);
});
