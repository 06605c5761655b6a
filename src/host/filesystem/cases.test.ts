import { describe, expect, test } from 'vitest';
import { cases, data, readOnly, type CaseContext } from './cases';
import { treeOf } from './layout';
import { guest, outcome, preopen, release } from './testing';

function context(): CaseContext {
	const files = new Map([...treeOf(data, '/data'), ...treeOf(readOnly, '/fixed')]);
	const { dir } = guest(files, release(preopen('/data', 'rw'), preopen('/fixed', 'r')));
	const D = dir('/data');
	const C = D.openAt({}, 'dir', { directory: true }, { read: true, mutateDirectory: true });
	return { D, R: dir('/fixed'), C };
}

describe('a descriptor', () => {
	test('has all the cases to answer', () => {
		expect(cases.length).toBe(115);
	});

	test.each(cases)('answers %s, %s', (_id, _description, operation, [expected, ...others]) => {
		const made = context();
		const answer = outcome(() => operation(made));
		const accepted = expected === 'ok' ? ['ok', 'ok:true'] : [expected, ...others];
		expect(accepted).toContain(answer);
		// Where more than one code is right, we give the one that the table prefers.
		if (expected !== 'ok') expect(answer).toBe(expected);
	});
});
