import { expect, test } from 'vitest';
import type { FileChange } from '../../core/files';
import { wireLimits } from '../protocol';
import { changeParts } from './change-parts';

const removals = (count: number, path: string): FileChange[] =>
	Array.from({ length: count }, (_, index) => ({ kind: 'remove', path: `${path}${index}` }));

test('parts hold all changes in their order, few and short enough each', () => {
	for (const changes of [
		removals(0, '/a'),
		removals(1, '/a'),
		removals(3000, '/a'),
		removals(100, `/${'b'.repeat(4000)}`),
	]) {
		const parts = [...changeParts(changes)];
		expect(parts.flat()).toEqual(changes);
		for (const part of parts) {
			expect(part.length).toBeLessThanOrEqual(wireLimits.changesAtOnce);
			expect(JSON.stringify(part).length).toBeLessThan(200_000);
		}
	}
});
