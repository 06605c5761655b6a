// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import {
	reproductionPicture,
	reproductionTable,
	reproductionWords,
	spansOf,
	type ReleaseRun,
	type Reproduction,
} from '.';

const engines = ['0.2.0', '0.3.0', '0.4.0', '0.8.0', '0.8.1'];

const runOf = (engine: string, behaves: boolean | null, difference: string | null = null): ReleaseRun => ({
	engine,
	behaves,
	difference,
	calls: [{ tool: 'read', outcome: behaves ? 'err' : 'result', allowed: 1, denied: behaves ? 2 : 0 }],
});

const found = (verdicts: readonly (boolean | null)[], parts: Partial<Reproduction> = {}): Reproduction => ({
	runs: verdicts.map((behaves, at) =>
		runOf(engines[at]!, behaves, behaves === false ? 'It <ended> | otherwise' : null),
	),
	engines,
	expected: 'scenario',
	own: '0.8.0',
	...parts,
});

describe('a reproduction', () => {
	test('says in how many releases, and from where to where', () => {
		expect(reproductionWords(found([true, true, false, true, false]))).toBe(
			'Reproduced in 3 of 5 releases: 0.2.0 to 0.3.0, 0.8.0.',
		);
		expect(reproductionWords(found([false, false, false, false, false]))).toBe(
			'Reproduced in 0 of 5 releases.',
		);
		expect(reproductionWords(found([true, null]))).toBe(
			'Reproduced in 1 of 5 releases: 0.2.0 (2 run so far).',
		);
	});

	test('takes no neighbours for one range where one between them differs or was not run', () => {
		expect(spansOf(engines, (engine) => engine !== '0.4.0')).toEqual([
			{ first: '0.2.0', last: '0.3.0' },
			{ first: '0.8.0', last: '0.8.1' },
		]);
	});

	test('is a table in which no text is markup', () => {
		const table = reproductionTable(found([true, false]), (text) => text.replace('otherwise', 'hidden'));
		expect(table).toContain('| 0.2.0 | as expected | an err; 2 denied |  |');
		expect(table).toContain(
			'| 0.3.0 | differs | a result; nothing denied | It &#60;ended&#62; &#124; hidden |',
		);
	});

	test('says what it was held against where the scenario expects nothing', () => {
		expect(reproductionTable(found([true], { expected: 'engine' }), String)).toContain('what 0.8.0 does');
	});

	test('is a picture that is one document, whatever the title holds', () => {
		const picture = reproductionPicture(found([true, false, null]), '<script>&"\u0000 \ud800');
		const parsed = new DOMParser().parseFromString(picture, 'image/svg+xml');
		expect(parsed.querySelector('parsererror')).toBeNull();
		expect(parsed.querySelector('title')?.textContent).toBe('<script>&"\ufffd \ufffd');
		expect([...parsed.querySelectorAll('g > title')].map((one) => one.textContent)).toEqual([
			'Wassette 0.2.0: as expected',
			'Wassette 0.3.0: differs',
			'Wassette 0.4.0: not run',
			'Wassette 0.8.0: not run',
			'Wassette 0.8.1: not run',
		]);
	});
});
