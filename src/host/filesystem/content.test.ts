import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LimitReached } from '../types';
import { KnownContent, WithheldContent } from './content';

type Step = { readonly write: readonly number[]; readonly at: number } | { readonly size: number };

const small = fc.nat(20);
const steps = fc.array(
	fc.oneof(
		{
			weight: 3,
			arbitrary: fc.record({
				write: fc.array(fc.integer({ min: 1, max: 255 }), { maxLength: 6 }),
				at: small,
			}),
		},
		{ weight: 1, arbitrary: fc.record({ size: small }) },
	),
	{ minLength: 1, maxLength: 25 },
);

/** What a file is after a step, as plain bytes: gaps are zeros, and what was cut off does not come back. */
function after(bytes: readonly number[], step: Step): readonly number[] {
	if ('size' in step) return Array.from({ length: step.size }, (_, at) => bytes[at] ?? 0);
	if (step.write.length === 0) return bytes;
	const length = Math.max(bytes.length, step.at + step.write.length);
	return Array.from({ length }, (_, at) => step.write[at - step.at] ?? bytes[at] ?? 0);
}

function perform(content: KnownContent | WithheldContent, step: Step): void {
	if ('size' in step) content.resize(step.size);
	else content.write(Uint8Array.from(step.write), step.at);
}

describe('what is in a file', () => {
	test('is what was written, and the bytes that it began with stay as they were', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 10 }), steps, small, small, (began, list, offset, length) => {
				const kept = began.slice();
				const content = new KnownContent(began);
				let bytes: readonly number[] = [...began];
				for (const step of list) {
					perform(content, step);
					bytes = after(bytes, step);
					expect([...content.bytes()]).toEqual(bytes);
					expect(content.size).toBe(bytes.length);
				}
				expect([...content.read(offset, length)]).toEqual(bytes.slice(offset, offset + length));
				expect([...content.view(offset, length)]).toEqual(bytes.slice(offset, offset + length));
				expect(began).toEqual(kept);
			}),
		);
	});

	test('is copied when it is read, and stands until the next change when it is looked at', () => {
		const content = new KnownContent();
		content.write(Uint8Array.of(1, 2, 3), 0);
		const [copy, view] = [content.read(0, 3), content.view(0, 3)];
		content.write(Uint8Array.of(9), 0);
		expect([...copy]).toEqual([1, 2, 3]);
		expect([...view]).toEqual([9, 2, 3]);
	});
});

describe('what is withheld', () => {
	/** The bytes outside, with what the guest wrote put into them. */
	const patched = (original: readonly number[], content: WithheldContent) => {
		const bytes = Array.from({ length: content.size }, (_, at) => original[at] ?? 0);
		for (const extent of content.extents()) bytes.splice(extent.offset, extent.bytes.length, ...extent.bytes);
		return bytes;
	};

	test('becomes what the guest made of it, in stretches apart from each other', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 255 }), { maxLength: 16 }), steps, (original, list) => {
				const content = new WithheldContent(original.length);
				let bytes: readonly number[] = original;
				for (const step of list) {
					perform(content, step);
					bytes = after(bytes, step);
					expect(content.size).toBe(bytes.length);
					expect(patched(original, content)).toEqual(bytes);
					let end = -1;
					for (const extent of content.extents()) {
						expect(extent.offset).toBeGreaterThan(end);
						expect(extent.bytes.length).toBeGreaterThan(0);
						end = extent.offset + extent.bytes.length;
					}
				}
			}),
		);
	});

	test('is never read', () => {
		const content = new WithheldContent(3);
		content.write(Uint8Array.of(1), 0);
		for (const reading of [() => content.read(), () => content.view()]) {
			let thrown: unknown;
			try {
				reading();
			} catch (error) {
				thrown = error;
			}
			expect(thrown).toBe('not-permitted');
		}
	});

	test('is written in 16,384 pieces, and no more; a piece that joins others is none more', () => {
		const content = new WithheldContent(100_000);
		for (let at = 0; at < 16_384; at++) content.write(Uint8Array.of(1), at * 2);
		expect(() => content.write(Uint8Array.of(1), 50_000)).toThrow(LimitReached);
		content.write(Uint8Array.of(1), 1);
		expect(content.extents()).toHaveLength(16_383);
		content.write(Uint8Array.of(1), 50_000);
		expect(content.extents()).toHaveLength(16_384);
	});
});
