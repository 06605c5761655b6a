import { isList } from '../is-list';
import { itemAt } from '../item-at';
import type { WitType } from '../wit/types';
import { integerRanges } from '../wit/values';
import type { CrossValue, CrossHandle } from './crossing';

/** What crossed is not of the type that it should be. */
export class CrossingError extends Error {}

/** Turns a handle of one component into one of another. */
export type MapHandle = (
	type: Extract<WitType, { kind: 'own' | 'borrow' }>,
	handle: CrossHandle,
) => CrossHandle;

const refuse = (type: WitType): never => {
	throw new CrossingError(`what crosses is no ${type.kind}`);
};

/**
 * Takes a value apart that a component handed out and puts it together again, exactly of its type, with its handles made the receiver's.
 * Throws a `CrossingError` where it is not of the type.
 */
export function checkCrossing(type: WitType, value: unknown, map: MapHandle): CrossValue {
	const inner = (type: WitType, value: unknown) => checkCrossing(type, value, map);
	const items = (least: number, most = least): readonly unknown[] =>
		isList(value) && value.length >= least && value.length <= most ? value : refuse(type);
	switch (type.kind) {
		case 'bool':
			return typeof value === 'boolean' ? value : refuse(type);
		case 'u8':
		case 'u16':
		case 'u32':
		case 's8':
		case 's16':
		case 's32': {
			const [least, most] = integerRanges[type.kind];
			const isWhole = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
			return isWhole ? value : refuse(type);
		}
		case 'u64':
		case 's64': {
			const [least, most] = integerRanges[type.kind];
			return typeof value === 'bigint' && value >= least && value <= most ? value : refuse(type);
		}
		case 'f32':
		case 'f64':
			return typeof value === 'number' ? value : refuse(type);
		case 'char':
			return typeof value === 'string' && /^.$/su.test(value) ? value : refuse(type);
		case 'string':
			return typeof value === 'string' ? value : refuse(type);
		case 'enum':
			return typeof value === 'string' && type.cases.includes(value) ? value : refuse(type);
		case 'flags':
			return items(type.flags.length).map((flag) => (typeof flag === 'boolean' ? flag : refuse(type)));
		case 'list':
			if (type.element.kind === 'u8') return value instanceof Uint8Array ? value : refuse(type);
			return items(type.length ?? 0, type.length ?? Infinity).map((item) => inner(type.element, item));
		case 'map':
			return items(0, Infinity).map((pair) => {
				const [key, entry, ...more] = isList(pair) ? pair : [];
				return more.length > 0 ? refuse(type) : [inner(type.key, key), inner(type.value, entry)];
			});
		case 'tuple':
			return items(type.elements.length).map((item, index) => inner(itemAt(type.elements, index), item));
		case 'record':
			return items(type.fields.length).map((item, index) => inner(itemAt(type.fields, index).type, item));
		case 'option':
			return items(0, 1).map((item) => inner(type.element, item));
		case 'variant': {
			const [tag, ...payload] = items(1, 2);
			const found = type.cases.find(({ name }) => name === tag) ?? refuse(type);
			return [found.name, ...payloadOf(found.type, payload)];
		}
		case 'result': {
			const [side, ...payload] = items(1, 2);
			if (side !== 0 && side !== 1) return refuse(type);
			return [side, ...payloadOf(side === 0 ? type.ok : type.err, payload)];
		}
		case 'own':
		case 'borrow': {
			const [whose, number] = items(2);
			if ((whose !== 0 && whose !== 1) || !Number.isSafeInteger(number)) return refuse(type);
			return [...map(type, [whose, number as number])];
		}
		case 'future':
		case 'stream':
		case 'error-context':
			return refuse(type);
	}

	function payloadOf(payloadType: WitType | null, payload: readonly unknown[]): CrossValue[] {
		if (payload.length !== (payloadType ? 1 : 0)) return refuse(type);
		return payloadType ? [inner(payloadType, payload[0])] : [];
	}
}
