import { err, type Result } from '../core/result';
import type { BuildProblem } from './problem';
import type { BuilderAnswers, BuilderReply, BuilderRequest } from './protocol';

/** What a builder's worker is needed for. */
export type BuilderWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

export interface BuilderAskOptions {
	readonly onFetch?: (received: number, total: number) => void;
	readonly signal?: AbortSignal;
}

/** Asks a worker one thing after the other. A question that is stopped, or that takes too long, ends the worker; the next gets a new one. */
export class BuilderLine {
	readonly #spawn: () => BuilderWorker;
	#worker: BuilderWorker | null = null;
	#last: Promise<unknown> = Promise.resolve();
	/** How often a worker was begun anew: what was linked in an earlier one is gone. */
	generation = 0;

	constructor(spawn: () => BuilderWorker) {
		this.#spawn = spawn;
	}

	ask<K extends BuilderRequest['ask']>(
		request: Extract<BuilderRequest, { readonly ask: K }>,
		options: BuilderAskOptions = {},
	): Promise<Result<BuilderAnswers[K], BuildProblem>> {
		const answer = this.#last.then(() => this.#ask(request, options));
		this.#last = answer;
		return answer as Promise<Result<BuilderAnswers[K], BuildProblem>>;
	}

	#ask(request: BuilderRequest, { onFetch, signal }: BuilderAskOptions) {
		if (signal?.aborted) return Promise.resolve(err<BuildProblem>(stopped));
		if (!this.#worker) this.generation += 1;
		const worker = (this.#worker ??= this.#spawn());
		return new Promise<Result<unknown, BuildProblem>>((resolve) => {
			const settle = (result: Result<unknown, BuildProblem>, ends = false) => {
				signal?.removeEventListener('abort', stop);
				worker.onmessage = worker.onerror = null;
				if (ends) {
					worker.terminate();
					this.#worker = null;
				}
				resolve(result);
			};
			const stop = () => settle(err(stopped), true);
			worker.onmessage = ({ data }: MessageEvent<BuilderReply>) => {
				if (data.type === 'fetching') onFetch?.(data.received, data.total);
				else settle(data.result);
			};
			worker.onerror = ({ message }) =>
				settle(
					err({ in: null, message: `The builder stopped working: ${message || 'it could not be started'}.` }),
					true,
				);
			signal?.addEventListener('abort', stop);
			worker.postMessage(request);
		});
	}
}

const stopped: BuildProblem = { in: null, message: 'The build was stopped.' };
