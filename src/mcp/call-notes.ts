import type { ActivityEntry } from '../core/activity';
import type { StreamPiece } from '../core/call';
import type { Deck } from '../deck/deck';

/** How often a running call is reported on, at most. */
const intervalMs = 100;

export interface CallNotesOptions {
	readonly deck: Deck;
	/** Told how a running call gets on, where somebody asked. */
	readonly onProgress: ((progress: number, message: string, piece?: StreamPiece) => void) | null;
	readonly onOutput: (stream: 'stdout' | 'stderr', text: string) => void;
	/** Runs something later; returns what takes it back. */
	readonly later: (run: () => void, ms: number) => () => void;
}

/**
 * What is told of a call while it runs: its output, joined so that a guest which prints byte by byte does not flood the wire, and its
 * host calls as they add up, and the streams of its result as they grow. `end` tells what is left.
 */
export function createCallNotes({ deck, onProgress, onOutput, later }: CallNotesOptions) {
	let output: { readonly stream: 'stdout' | 'stderr'; text: string }[] = [];
	let callId: number | null = null;
	let seen = deck.activity.length;
	let hostCalls = 0;
	let denied = 0;
	let told = 0;
	let came = 0;
	let cancel: (() => void) | null = null;

	const unsubscribe = onProgress ? deck.subscribe(count) : () => {};

	function schedule() {
		cancel ??= later(() => {
			cancel = null;
			flush();
		}, intervalMs);
	}

	function count() {
		if (callId === null) return;
		if (deck.activity.length < seen) seen = 0;
		for (const entry of deck.activity.slice(seen)) if (isOf(entry, callId)) add(entry);
		seen = deck.activity.length;
		if (hostCalls > told) schedule();
	}

	function add(entry: ActivityEntry & { readonly kind: 'host-call' }) {
		hostCalls += 1;
		if (entry.outcome === 'deny') denied += 1;
	}

	function flush() {
		for (const { stream, text } of output) onOutput(stream, text);
		output = [];
		if (hostCalls === told) return;
		told = hostCalls;
		const calls = hostCalls === 1 ? '1 host call' : `${hostCalls} host calls`;
		onProgress?.(1 + hostCalls + came, denied > 0 ? `${calls}, ${denied} denied` : calls);
	}

	return {
		started(id: number) {
			callId = id;
			onProgress?.(1, 'Running');
			count();
		},
		output(stream: 'stdout' | 'stderr', text: string) {
			const last = output.at(-1);
			if (last?.stream === stream) last.text += text;
			else output.push({ stream, text });
			schedule();
		},
		/** What came of the result's streams: the sandbox tells it a few times a second. */
		piece(piece: StreamPiece) {
			came += piece.count;
			const unit = piece.of === 'bytes' ? 'byte' : 'value';
			onProgress?.(1 + hostCalls + came, `${came} ${unit}${came === 1 ? '' : 's'} so far`, piece);
		},
		end() {
			unsubscribe();
			cancel?.();
			flush();
		},
	};
}

function isOf(entry: ActivityEntry, callId: number): entry is ActivityEntry & { readonly kind: 'host-call' } {
	return entry.kind === 'host-call' && entry.callId === callId;
}
