import { err, ok, type Result } from '../core/result';
import type { TextWorld } from './text-to-binary';

/** The one message to the worker: a binary to print, or a text to turn into one. */
export type WatRequest =
	| {
			readonly bytes: Uint8Array;
			/** Characters that come back at most. */
			readonly most: number;
	  }
	| { readonly text: string; readonly world?: TextWorld | undefined };

/** A component as text; where it is cut, `length` says how long all of it is. */
export interface WatText {
	readonly text: string;
	readonly length: number;
}

/** How much of the printer has come, in bytes, and null once it is all there; then one result. */
export type WatReply = { readonly fetched: number | null } | Result<WatText | Uint8Array, string>;

/** Larger components are not printed: their text is some ten times as long, and a tab has to hold it. */
export const maximumWatBytes = 6 * 2 ** 20;
/** Characters of the text that come back. */
export const maximumWatText = 2 * 2 ** 20;

/** Counted from when the printer has come, or since it came on. */
const milliseconds = 20_000;

export interface PrintOptions {
	readonly signal?: AbortSignal;
	/** Told how many bytes of the printer have come while it is fetched; null once it prints. */
	readonly onFetched?: (bytes: number | null) => void;
	readonly spawn?: () => WatWorker;
}

/** Prints a component in WebAssembly's text format, in a worker of its own. The error says why there is none; settles whatever the worker does. */
export function printWat(
	bytes: Uint8Array,
	{ signal, onFetched, spawn = spawnPrinter }: PrintOptions = {},
): Promise<Result<WatText, string>> {
	if (bytes.length > maximumWatBytes) {
		const size = (bytes.length / 2 ** 20).toFixed(1);
		return Promise.resolve(
			err(
				`This component has ${size} MiB, and its text would be some ten times as long: up to ${maximumWatBytes / 2 ** 20} MiB are printed here. Use wasm-tools print.`,
			),
		);
	}
	return new Promise((resolve) => {
		const worker = spawn();
		const settle = (result: Result<WatText, string>) => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', stop);
			worker.terminate();
			resolve(result);
		};
		const stop = () => settle(err('Printing was stopped.'));
		const late = () => settle(err(`Printing took more than ${milliseconds / 1000} seconds and was stopped.`));
		let timer = setTimeout(late, milliseconds);
		worker.onmessage = ({ data }: MessageEvent<WatReply>) => {
			if (!('fetched' in data)) {
				if (!data.ok) settle(data);
				else if (!(data.value instanceof Uint8Array)) settle(ok(data.value));
				return;
			}
			clearTimeout(timer);
			timer = setTimeout(late, milliseconds);
			onFetched?.(data.fetched);
		};
		worker.onerror = () =>
			settle(err('The printer could not be started. Check the connection and try again.'));
		signal?.addEventListener('abort', stop, { once: true });
		// A copy: the caller keeps the bytes.
		worker.postMessage({ bytes: new Uint8Array(bytes), most: maximumWatText } satisfies WatRequest);
	});
}

/** What is needed of a worker that runs `wat-worker.ts`. */
export type WatWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** Starts a `wat-worker.ts`. */
export const spawnPrinter = (): WatWorker =>
	new Worker(new URL('./wat-worker.ts', import.meta.url), { type: 'module', name: 'wat' });
