import { most } from '../core/limits';
import { err, ok, type Result } from '../core/result';
import { isWat } from './is-wat';
import type { TextWorld } from './text-to-binary';
import { spawnPrinter, type WatReply, type WatRequest, type WatWorker } from './print-wat';

/** Counted from when the parser has come, or since it came on. */
const milliseconds = 60_000;

export interface AssembleOptions {
	readonly signal?: AbortSignal;
	readonly spawn?: (() => WatWorker) | undefined;
	/** The world that a core module is to be a component of. */
	readonly world?: TextWorld | undefined;
}

/**
 * A file as the binary that it stands for: WebAssembly's text format is parsed, in a worker of its own; everything else comes back as it is,
 * at once. The error names line and column. Settles whatever the worker does.
 */
export async function binaryOf(
	bytes: Uint8Array,
	{ signal, spawn = spawnPrinter, world }: AssembleOptions = {},
): Promise<Result<Uint8Array, string>> {
	if (!isWat(bytes)) return ok(bytes);
	if (bytes.length > most.watBytes) {
		const size = Math.ceil(bytes.length / 2 ** 20);
		return err(
			`This text has ${size} MiB; up to ${most.watBytes / 2 ** 20} MiB are turned into a component here. Use \`wasm-tools parse in.wat -o out.wasm\` and load the binary.`,
		);
	}
	if (signal?.aborted) return err('Loading was stopped.');
	return new Promise((resolve) => {
		const worker = spawn();
		const settle = (result: Result<Uint8Array, string>) => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', stop);
			worker.terminate();
			resolve(result);
		};
		const stop = () => settle(err('Loading was stopped.'));
		const late = () => settle(err(`Reading the text took more than ${milliseconds / 1000} seconds.`));
		let timer = setTimeout(late, milliseconds);
		worker.onmessage = ({ data }: MessageEvent<WatReply>) => {
			if ('fetched' in data) {
				clearTimeout(timer);
				timer = setTimeout(late, milliseconds);
			} else if (!data.ok) settle(data);
			else if (data.value instanceof Uint8Array) settle(ok(data.value));
		};
		worker.onerror = () =>
			settle(err('The parser of the text could not be started. Check the connection and try again.'));
		signal?.addEventListener('abort', stop, { once: true });
		worker.postMessage({ text: new TextDecoder().decode(bytes), world } satisfies WatRequest);
	});
}
