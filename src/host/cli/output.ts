import type { HostPorts, Limits } from '../../core/call';
import type { Ending } from '../ending';
import { LimitReached } from '../types';

/** Takes what a guest writes. */
export type WriteOutput = (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;

/** Passes output on until both streams together reach the limit; what still fits is passed on, then the call ends. */
export function createOutput(
	limits: Pick<Limits, 'outputBytes'>,
	ports: Pick<HostPorts, 'output'>,
	ending: Ending,
): WriteOutput {
	let left = limits.outputBytes;
	return (stream, bytes) => {
		ending.check();
		const fitting = bytes.slice(0, left);
		left -= fitting.length;
		if (fitting.length > 0) ports.output(stream, fitting);
		if (fitting.length < bytes.length) {
			ending.end(
				new LimitReached(
					'outputBytes',
					`the component wrote more than ${limits.outputBytes} bytes of output`,
				),
			);
		}
	};
}
