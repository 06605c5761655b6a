import { inNumber } from '../../core/in-number';
import type { StreamPiece } from '../../core/call';
import { printJson } from '../../core/json';
import { holdsLater } from '../../core/wit/holds-later';
import { bytesOf } from '../../host/preview3/streams';
import { toJson } from '../../core/wit';
import type { WitType } from '../../core/wit/types';
import { wireLimits } from '../protocol';

/** How often it is told what came, at most, in milliseconds. */
const interval = 100;
/** Values of one telling that are put into words: the last ones. */
const mostShown = 64;

export interface GrowthOptions {
	readonly tell: (piece: StreamPiece) => void;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
	/** Runs something later; default `setTimeout`. */
	readonly later?: (run: () => void, ms: number) => void;
}

/**
 * Tells what comes of a call's streams while it comes: the first of it at once, then what gathered since, so that a fast stream is told of a
 * few times a second and a slow one value by value.
 */
export class Growth {
	readonly #options: GrowthOptions;
	// With a label: one without is as strict as text of a component is, and this is no text.
	readonly #decoder = new TextDecoder('utf-8');
	#told = -Infinity;
	#waiting = false;
	#count = 0;
	#text = '';
	#of: StreamPiece['of'] = 'values';
	/** Values that came in all, and pieces that they came in. */
	readonly total = { values: 0, bytes: 0, pieces: 0 };

	constructor(options: GrowthOptions) {
		this.#options = options;
	}

	/** Values of a stream of `element` arrived. */
	readonly add = (element: WitType | null, items: ArrayLike<unknown>): void => {
		const of = element?.kind === 'u8' ? 'bytes' : 'values';
		this.total[of] += items.length;
		this.total.pieces += 1;
		if (of !== this.#of) this.flush();
		this.#of = of;
		this.#count += items.length;
		const words =
			of === 'bytes' ? this.#decoder.decode(tail(items), { stream: true }) : listed(element, items);
		const joined = this.#text && of === 'values' ? `${this.#text}, ${words}` : this.#text + words;
		this.#text = joined.slice(-wireLimits.piece);
		const { now, later = setTimeout } = this.#options;
		const wait = this.#told + interval - now();
		if (wait <= 0) this.flush();
		else if (!this.#waiting) {
			this.#waiting = true;
			later(() => {
				this.#waiting = false;
				this.flush();
			}, wait);
		}
	};

	/** Tells what has not been told. */
	flush(): void {
		if (this.#count === 0) return;
		const piece = { count: this.#count, of: this.#of, text: this.#text };
		this.#count = 0;
		this.#text = '';
		this.#told = this.#options.now();
		this.#options.tell(piece);
	}

	/** What came in all, in words; null where no stream gave anything. */
	summary(): string | null {
		const { values, bytes, pieces } = this.total;
		if (pieces === 0) return null;
		const parts = [counted(values, 'value'), counted(bytes, 'byte')].filter((part) => part !== '');
		return `${parts.join(' and ')} in ${counted(pieces, 'piece')}`;
	}
}

const counted = (count: number, word: string): string => (count === 0 ? '' : inNumber(count, word));

function tail(items: ArrayLike<unknown>): Uint8Array {
	const from = Math.max(0, items.length - wireLimits.piece);
	return items instanceof Uint8Array
		? items.subarray(from)
		: bytesOf(Array.prototype.slice.call(items, from));
}

/** The last values as JSON. What comes later still, such as a stream in a stream, has no words yet. */
function listed(element: WitType | null, items: ArrayLike<unknown>): string {
	const shown = Array.from({ length: Math.min(items.length, mostShown) }, (_, index) => {
		const item = items[items.length - Math.min(items.length, mostShown) + index];
		if (element === null) return '()';
		if (holdsLater(element)) return '…';
		return printJson(toJson(element, item));
	});
	return (items.length > mostShown ? '… ' : '') + shown.join(', ');
}
