import { interfaceOf } from './interface-of';
import type { Ending } from '../ending';
import type { Recorder } from '../recorder';
import type { HostImports } from '../types';
import { createCli3 } from './cli';
import { createClocks3 } from './clocks';
import { createFilesystem3 } from './filesystem';
import { createHttp3 } from './http';
import { createSockets3 } from './sockets';

/**
 * WASI 0.3, over the interfaces of 0.2 that the call has: whatever a guest asks for goes the same way to the same decision, and into the
 * same record, in either version.
 */
export function createPreview3(two: HostImports, recorder: Recorder, ending: Ending): HostImports {
	const { insecureSeed } = interfaceOf(two, 'wasi:random/insecure-seed');
	return {
		...createCli3(two),
		...createClocks3(two),
		...createFilesystem3(two),
		...createHttp3(two, ending),
		...createSockets3(recorder),
		'wasi:random/random@0.3': interfaceOf(two, 'wasi:random/random'),
		'wasi:random/insecure@0.3': interfaceOf(two, 'wasi:random/insecure'),
		'wasi:random/insecure-seed@0.3': { getInsecureSeed: insecureSeed },
	};
}
