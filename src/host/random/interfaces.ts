import type { HostPorts, Surroundings } from '../../core/call';
import type { Recorder } from '../recorder';
import { GuestTrap, type HostImports } from '../types';
import { seededBytes } from './seeded';

/** The most bytes that a browser gives at once. */
const quota = 65_536;

/** The most bytes one call may ask for; more would not fit a guest's memory anyway. */
const most = 64 * 2 ** 20;

/** `wasi:random`: of the browser, or determined by the seed. Nothing a policy speaks of. */
export function createRandom(
	setting: Surroundings['random'],
	ports: Pick<HostPorts, 'randomBytes'>,
	recorder: Recorder,
): HostImports {
	const source = setting === 'live' ? liveBytes(ports) : seededBytes(setting.seed);
	const bytes = (operation: string, length: bigint): Uint8Array => {
		if (length > BigInt(most)) throw new GuestTrap(`${operation} of ${length} bytes`);
		record(operation, Number(length));
		return source(Number(length));
	};
	const words = (operation: string, count: number): bigint[] => {
		record(operation, count * 8);
		const view = new DataView(source(count * 8).buffer);
		return Array.from({ length: count }, (_, index) => view.getBigUint64(index * 8, true));
	};
	let seed: bigint[] | null = null;
	const record = (operation: string, length: number) =>
		recorder.record({
			capability: 'random',
			operation,
			target: setting === 'live' ? 'random' : 'seeded random',
			outcome: 'allow',
			rule: null,
			reason: 'not-governed',
			detail: length === 1 ? '1 byte' : `${length} bytes`,
		});
	return {
		'wasi:random/random': {
			getRandomBytes: (length: bigint) => bytes('get-random-bytes', length),
			getRandomU64: () => words('get-random-u64', 1)[0],
		},
		'wasi:random/insecure': {
			getInsecureRandomBytes: (length: bigint) => bytes('get-insecure-random-bytes', length),
			getInsecureRandomU64: () => words('get-insecure-random-u64', 1)[0],
		},
		'wasi:random/insecure-seed': {
			// The same for as long as an instance lives, which is one call.
			insecureSeed: () => (seed ??= words('insecure-seed', 2)),
		},
	};
}

function liveBytes(ports: Pick<HostPorts, 'randomBytes'>): (length: number) => Uint8Array {
	return (length) => {
		const bytes = new Uint8Array(length);
		for (let at = 0; at < length; at += quota) {
			bytes.set(ports.randomBytes(Math.min(quota, length - at)), at);
		}
		return bytes;
	};
}
