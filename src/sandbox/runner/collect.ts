import { concatBytes } from '../../core/concat-bytes';
import { holdsLater } from '../../core/wit/holds-later';
import { camelCase } from '../../core/wit/names';
import { isNestedOption } from '../../core/wit/values';
import type { WitType } from '../../core/wit/types';
import { bytesOf, piecesOf } from '../../host/preview3/streams';

/** What keeps a result that comes in pieces within bounds. */
export interface CollectOptions {
	/** Values that all streams of a result may give together. */
	readonly mostItems: number;
	/** Told what has come of a stream since it was told last. */
	readonly onItems?: (element: WitType | null, items: ArrayLike<unknown>) => void;
}

type LaterType = Extract<WitType, { readonly kind: 'stream' | 'future' }>;

/** More came than a result may hold; the message is for people. */
export class TooMuch extends Error {}

/**
 * A result with its streams and futures waited for: a stream becomes a list of what came, or bytes. More is asked of a guest only when
 * what it gave was taken. What is more than a result may hold is still seen as it comes, and nothing of it is kept: it rejects with `TooMuch`
 * when the stream has ended. Rejects with what the guest's own failure is, too.
 */
export async function collect(type: WitType, value: unknown, options: CollectOptions): Promise<unknown> {
	if (!holdsLater(type)) return value;
	let came = 0;
	const isTooMuch = () => came > options.mostItems;
	async function gather(stream: LaterType, value: unknown): Promise<unknown> {
		let pieces: ArrayLike<unknown>[] = [];
		for await (const piece of piecesOf(value)) {
			came += piece.length;
			options.onItems?.(stream.element, piece);
			if (isTooMuch()) pieces = [];
			else pieces.push(stream.element?.kind === 'u8' ? bytesOf(piece).slice() : piece);
		}
		if (isTooMuch()) {
			const unit = stream.element?.kind === 'u8' ? 'bytes' : 'values';
			throw new TooMuch(
				`The result is a stream of ${came} ${unit}, and a result may hold ${options.mostItems}: it was seen as it came, and not kept.`,
			);
		}
		if (stream.element?.kind === 'u8') return concatBytes(pieces as Uint8Array[]);
		const items = pieces.flatMap((piece) => Array.from(piece));
		if (!stream.element || !holdsLater(stream.element)) return items;
		return Promise.all(Array.from(items, (item) => walk(stream.element as WitType, item)));
	}

	/** Streams beside each other are read side by side: a guest may wait with one for the other. */
	async function walk(type: WitType, value: unknown): Promise<unknown> {
		if (!holdsLater(type)) return value;
		switch (type.kind) {
			case 'stream':
				return gather(type, value);
			case 'future': {
				const given = await (value as Promise<unknown>);
				return type.element ? walk(type.element, given) : undefined;
			}
			case 'list':
				return Promise.all((value as unknown[]).map((item) => walk(type.element, item)));
			case 'tuple':
				return Promise.all(type.elements.map((each, index) => walk(each, (value as unknown[])[index])));
			case 'record': {
				const fields = value as { readonly [key: string]: unknown };
				const entries = type.fields.map(async ({ name, type: each }) => [
					camelCase(name),
					await walk(each, fields[camelCase(name)]),
				]);
				return Object.fromEntries((await Promise.all(entries)) as [string, unknown][]);
			}
			case 'option':
				if (value === undefined || value === null) return value;
				if (!isNestedOption(type)) return walk(type.element, value);
				return walkCase(value, () => type.element);
			case 'result':
				return walkCase(value, (tag) => (tag === 'ok' ? type.ok : type.err));
			case 'variant':
				return walkCase(value, (tag) => type.cases.find(({ name }) => name === tag)?.type ?? null);
			default:
				return value;
		}
	}

	async function walkCase(value: unknown, typeOf: (tag: string) => WitType | null): Promise<unknown> {
		const { tag, val } = value as { readonly tag: string; readonly val?: unknown };
		const type = typeOf(tag);
		return type ? { tag, val: await walk(type, val) } : value;
	}

	return walk(type, value);
}
