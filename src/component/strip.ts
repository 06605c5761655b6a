import { itemAt } from '../core/item-at';
import { lebBytes } from './binary';
import { componentSection, preambleLength, readSections } from './sections';

/** A component without what it can be played without. */
export interface Stripped {
	/** A copy in a buffer of its own. */
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Where in the component as it came a byte of `bytes` stands. */
	readonly offsetBefore: (offset: number) => number;
}

const needed = new Set(['producers', 'target_features', 'package-docs']);

/** Whether nothing here reads custom sections of this name. What is read says what made it, what it needs and what its functions do. */
export const isUnneeded = (name: string): boolean => !needed.has(name);

/** Whether a custom section of this name goes. */
export type DropsSection = (name: string) => boolean;

/** A stretch of the component that stays, or bytes that take the place of what begins at `start`. */
interface Piece {
	readonly start: number;
	readonly bytes: Uint8Array;
}

/** Components nested deeper than this are left as they are; no tool makes such. */
const maximumNesting = 16;

/**
 * The component without custom sections that nothing here needs, such as names and debug information, or those that `drops` names, in its
 * core modules and nested components too. Throws `MalformedBinary`.
 */
export function strip(component: Uint8Array, drops: DropsSection = isUnneeded): Stripped {
	const pieces = piecesOf(component, { base: component.byteOffset, drops }, 0);
	const bytes = new Uint8Array(lengthOf(pieces));
	const starts: number[] = [];
	let at = 0;
	for (const piece of pieces) {
		starts.push(at);
		bytes.set(piece.bytes, at);
		at += piece.bytes.length;
	}
	return {
		bytes,
		offsetBefore(offset) {
			const index = starts.findLastIndex((start) => start <= offset);
			const piece = pieces[index];
			return piece ? piece.start + offset - itemAt(starts, index) : offset;
		},
	};
}

/** Bytes of the component without custom sections that nothing here needs. Throws `MalformedBinary`. */
export const strippedLength = (component: Uint8Array): number =>
	lengthOf(piecesOf(component, { base: component.byteOffset, drops: isUnneeded }, 0));

const lengthOf = (pieces: readonly Piece[]) => pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);

interface Rules {
	/** Offset in the buffer from which places are counted. */
	readonly base: number;
	readonly drops: DropsSection;
}

/** What stays of a binary. */
function piecesOf(binary: Uint8Array, rules: Rules, depth: number): readonly Piece[] {
	const { base, drops } = rules;
	const isComponent = binary[6] === 1;
	const kept = (bytes: Uint8Array): Piece => ({ start: bytes.byteOffset - base, bytes });
	const pieces: Piece[] = [kept(binary.subarray(0, preambleLength))];
	for (const { id, name, content, whole } of readSections(binary)) {
		if (id === 0) {
			if (!drops(name ?? '')) pieces.push(kept(whole));
			continue;
		}
		const isBinary = isComponent && (id === componentSection.coreModule || id === componentSection.component);
		const inner = isBinary && depth < maximumNesting ? piecesOf(content, rules, depth + 1) : null;
		const length = inner && lengthOf(inner);
		if (!inner || length === content.length) {
			pieces.push(kept(whole));
			continue;
		}
		const header = [id, ...lebBytes(length as number)];
		pieces.push({ start: whole.byteOffset - base, bytes: Uint8Array.from(header) }, ...inner);
	}
	return pieces;
}

/** A message of a tool with the offsets in it as `before` tells them. */
export const atOffsets = (message: string, before: (offset: number) => number): string =>
	message.replace(
		/\boffset 0x([0-9a-f]+)/g,
		(_, digits: string) => `offset 0x${before(Number.parseInt(digits, 16)).toString(16)}`,
	);
