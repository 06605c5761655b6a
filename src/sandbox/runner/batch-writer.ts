import { itemAt } from '../../core/item-at';
import type { HostCall } from '../../core/activity';
import { wireLimits, type Batch, type BatchCalls, type BatchItem } from '../protocol';

type Head = BatchCalls['heads'][number];

/** How many heads back are looked at for one that can be used again: what a loop does takes turns among a few. */
const lookBack = 8;

/** Puts together what happens in a call for the page, in columns and clipped to what the page accepts. */
export class BatchWriter {
	#heads: HostCall[] = [];
	#targets: string[] = [];
	#rows: number[] = [];
	#others: Exclude<BatchItem, { kind: 'call' }>[] = [];
	#items = 0;
	/** Characters and bytes that can be many, roughly. */
	#size = 0;

	/** Whether no more should be added: there are as many items as a batch may have, or they are large together. */
	get isFull(): boolean {
		return this.#items >= wireLimits.batch || this.#size >= 64 * 1024;
	}

	add(item: BatchItem): void {
		this.#items += 1;
		if (item.kind === 'call') {
			this.#rows.push(this.#headOf(item.call), this.#targetOf(item.call.target), item.call.at);
			return;
		}
		this.#rows.push(-1, 0, 0);
		this.#others.push(item);
		this.#size += item.kind === 'output' ? item.bytes.byteLength : item.piece.text.length;
	}

	/** All that was added, and forgets it; null where nothing was. */
	take(): Batch | null {
		if (this.#items === 0) return null;
		const calls: BatchCalls = {
			heads: this.#heads.map(headOf),
			targets: this.#targets,
			rows: this.#rows,
		};
		const batch = { calls: JSON.stringify(calls), others: this.#others };
		this.#heads = [];
		this.#targets = [];
		this.#rows = [];
		this.#others = [];
		this.#items = this.#size = 0;
		return batch;
	}

	#headOf(call: HostCall): number {
		const heads = this.#heads;
		for (let at = heads.length - 1; at >= 0 && at >= heads.length - lookBack; at--)
			if (hasSameHead(itemAt(heads, at), call)) return at;
		this.#size += (call.detail?.length ?? 0) + (call.rule?.text.length ?? 0);
		return heads.push(call) - 1;
	}

	/** What is opened is used next. */
	#targetOf(target: string): number {
		const targets = this.#targets;
		if (targets.length > 0 && targets[targets.length - 1] === target) return targets.length - 1;
		this.#size += target.length;
		return targets.push(clip(target, wireLimits.target)) - 1;
	}
}

const hasSameHead = (one: HostCall, other: HostCall): boolean =>
	one.operation === other.operation &&
	one.outcome === other.outcome &&
	one.rule === other.rule &&
	one.reason === other.reason &&
	one.result === other.result &&
	one.detail === other.detail &&
	one.access === other.access &&
	one.capability === other.capability &&
	one.duration === other.duration;

const headOf = ({
	capability,
	operation,
	outcome,
	rule,
	reason,
	result,
	detail,
	duration,
	access,
}: HostCall): Head => ({
	capability,
	operation: clip(operation, wireLimits.word),
	outcome,
	rule,
	reason,
	result: result && clip(result, wireLimits.word),
	detail: detail && clip(detail, wireLimits.detail),
	duration,
	access,
});

const clip = (text: string, most: number): string => (text.length > most ? text.slice(0, most) : text);
