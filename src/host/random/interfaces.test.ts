import { describe, expect, test } from 'vitest';
import type { Surroundings } from '../../core/call';
import { Ending } from '../ending';
import { Recorder } from '../recorder';
import { FakeWorld, thrownBy } from '../testing/world';
import { GuestTrap } from '../types';
import { createRandom } from './interfaces';

function make(setting: Surroundings['random'] = 'live') {
	const world = new FakeWorld();
	const imports = createRandom(setting, world.ports, new Recorder(world.ports, new Ending()));
	const members = Object.assign({}, ...Object.values(imports)) as {
		getRandomBytes(length: bigint): Uint8Array;
		getRandomU64(): bigint;
		getInsecureRandomBytes(length: bigint): Uint8Array;
		getInsecureRandomU64(): bigint;
		insecureSeed(): [bigint, bigint];
	};
	return { world, ...members };
}

describe('random', () => {
	test('asks the browser for no more at once than it gives', () => {
		const { world, getRandomBytes } = make();
		expect(getRandomBytes(140_000n)).toEqual(new Uint8Array(140_000).fill(7));
		expect(world.randomLengths).toEqual([65_536, 65_536, 8_928]);
	});

	test('gives words and seeds out of the same source', () => {
		const { getRandomU64, getInsecureRandomU64, getInsecureRandomBytes, insecureSeed } = make();
		const sevens = 0x0707070707070707n;
		expect(getRandomU64()).toBe(sevens);
		expect(getInsecureRandomU64()).toBe(sevens);
		expect(getInsecureRandomBytes(2n)).toEqual(Uint8Array.of(7, 7));
		expect(insecureSeed()).toEqual([sevens, sevens]);
	});

	test('has one insecure seed for as long as an instance lives', () => {
		const { insecureSeed, getRandomU64 } = make({ seed: 'one' });
		const first = insecureSeed();
		getRandomU64();
		expect(insecureSeed()).toEqual(first);
		expect(make({ seed: 'two' }).insecureSeed()).not.toEqual(first);
	});

	test('repeats for a seed and asks the browser for nothing', () => {
		const draw = (seed: string) => {
			const { world, ...random } = make({ seed });
			const drawn = [random.getRandomU64(), ...random.getRandomBytes(5n), ...random.insecureSeed()];
			expect(world.randomLengths).toEqual([]);
			return drawn;
		};
		expect(draw('one')).toEqual(draw('one'));
		expect(draw('one')).not.toEqual(draw('two'));
	});

	test('traps where more is asked for than would fit', () => {
		const { getRandomBytes } = make();
		expect(thrownBy(() => getRandomBytes(2n ** 40n))).toBeInstanceOf(GuestTrap);
	});

	test('is on record, with how much was asked for', () => {
		const { world, getRandomBytes } = make({ seed: 'x' });
		getRandomBytes(1n);
		expect(world.calls).toMatchObject([
			{
				capability: 'random',
				operation: 'get-random-bytes',
				target: 'seeded random',
				detail: '1 byte',
				outcome: 'allow',
				reason: 'not-governed',
			},
		]);
	});
});
