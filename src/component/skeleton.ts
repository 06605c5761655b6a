import { concatBytes } from '../core/concat-bytes';
import { BinaryReader, lebBytes } from './binary';
import { componentSection, rewriteSections, writeSection } from './sections';

const moduleSection = { custom: 0, code: 10, data: 11 };

/** No locals, `unreachable`, the end. */
const trap = Uint8Array.of(3, 0x00, 0x00, 0x0b);

/**
 * The component with modules whose functions only trap and whose memories are empty: what its types are read of, at a small part of the size.
 * Its sections are the same ones. Throws `MalformedBinary`.
 */
export const skeletonOf = (component: Uint8Array): Uint8Array<ArrayBuffer> =>
	rewriteSections(component, ({ id, content, whole }) => {
		if (id === componentSection.coreModule) return writeSection(id, emptied(content));
		if (id === componentSection.component) return writeSection(id, skeletonOf(content));
		return whole;
	});

const emptied = (module: Uint8Array): Uint8Array =>
	rewriteSections(module, ({ id, content, whole }) => {
		if (id === moduleSection.code) return writeSection(id, traps(new BinaryReader(content).u32()));
		if (id === moduleSection.data) return writeSection(id, noData(new BinaryReader(content).u32()));
		return whole;
	});

function traps(count: number): Uint8Array {
	const length = lebBytes(count);
	const code = new Uint8Array(length.length + count * trap.length);
	code.set(length);
	for (let index = 0; index < count; index += 1) code.set(trap, length.length + index * trap.length);
	return code;
}

/** As many passive segments without a byte: the count is said elsewhere too. */
const noData = (count: number): Uint8Array =>
	concatBytes([lebBytes(count), ...Array.from({ length: count }, () => Uint8Array.of(1, 0))]);
