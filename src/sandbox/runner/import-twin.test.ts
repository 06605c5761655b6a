import { describe, expect, test } from 'vitest';
import { binaryOfWat } from '../../component/fixtures';
import { importTwin } from './import-twin';

/** What a twin of a module exports; null where it has none. */
async function twinOf(wat: string) {
	const twin = importTwin(await binaryOfWat(wat));
	if (!twin) return null;
	const instance = await twin;
	return Object.keys(instance.exports);
}

describe('the twin of a module', () => {
	test('has the types of its imported functions, whatever else it imports, and none of its code', async () => {
		// Instantiated itself, this one traps at its start.
		const wat = `(module
			(import "a" "f" (func (param i32 i64) (result f32)))
			(import "a" "t" (table 1 2 funcref))
			(import "a" "m" (memory 1))
			(import "a" "n" (global (mut i32)))
			(import "a" "g" (func))
			(import "a" "h" (func))
			(func $start unreachable)
			(start $start))`;
		expect(await twinOf(wat)).toEqual([]);
	});

	test('is none where it imports no functions, or is no module', async () => {
		expect(await twinOf('(module (func (export "f")))')).toBeNull();
		expect(await twinOf('(module (import "a" "m" (memory 1)))')).toBeNull();
		expect(importTwin(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 2, 200))).toBeNull();
	});
});
