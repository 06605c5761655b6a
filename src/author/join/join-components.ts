import { err } from '../../core/result';
import type { JoinReply, JoinRequest } from './join-request';
import workerUrl from './join-worker.ts?worker&url';

/** Makes one component of several, in a worker of its own, which fetches what that needs. */
export function joinComponents(request: JoinRequest, signal?: AbortSignal): Promise<JoinReply> {
	const worker = new Worker(workerUrl, { type: 'module' });
	return new Promise<JoinReply>((resolve) => {
		worker.onmessage = ({ data }: MessageEvent<JoinReply>) => resolve(data);
		worker.onerror = ({ message }) =>
			resolve(err(`What joins components stopped working: ${message || 'it could not be started'}.`));
		signal?.addEventListener('abort', () => resolve(err('It was stopped.')), { once: true });
		worker.postMessage(request);
	}).finally(() => worker.terminate());
}
