import { BinaryReader, MalformedBinary } from './binary';
import { preambleLength } from './sections';

/** Whether the first section of a component is a signature, as `wasmsign2` puts it there. Looks at nothing else. */
export function carriesSignature(bytes: Uint8Array): boolean {
	try {
		const reader = new BinaryReader(bytes, preambleLength);
		if (reader.done || reader.byte() !== 0) return false;
		reader.u32();
		return reader.name() === 'signature';
	} catch (error) {
		if (error instanceof MalformedBinary) return false;
		throw error;
	}
}
