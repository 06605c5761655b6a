import { describe, expect, test } from 'vitest';
import { cases, data, readOnly, type CaseContext } from '../filesystem/cases';
import { treeOf } from '../filesystem/layout';
import { guest, outcome, preopen, release } from '../filesystem/testing';
import { throughThree } from './testing';

/** What a case of 0.2 asks for that 0.3 has no function for, or answers in another way. */
const otherwise: { readonly [id: string]: string } = {};

describe('a descriptor of 0.3', () => {
	test.each(cases)('answers %s, %s, as one of 0.2', async (id, _description, operation, [expected]) => {
		const files = new Map([...treeOf(data, '/data'), ...treeOf(readOnly, '/fixed')]);
		const { dir } = guest(files, release(preopen('/data', 'rw'), preopen('/fixed', 'r')));
		const D = dir('/data');
		const C = D.openAt({}, 'dir', { directory: true }, { read: true, mutateDirectory: true });
		const R = dir('/fixed');
		const answer = await throughThree((make) => {
			const context: CaseContext = { D: make(D), R: make(R), C: make(C) };
			let pending: unknown = null;
			const said = outcome(() => {
				try {
					return operation(context);
				} catch (error) {
					if (typeof error !== 'string') pending = error;
					throw typeof error === 'string' ? error : 'pending';
				}
			});
			if (pending !== null) throw pending;
			return said;
		});
		const wanted = otherwise[id] ?? expected;
		expect(wanted === 'ok' ? ['ok', 'ok:true'] : [wanted]).toContain(answer);
	});
});
