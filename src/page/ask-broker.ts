import type { HttpFailure } from '../core/call';
import { most } from '../core/limits';
import { err, ok } from '../core/result';
import { fileTooLargeMessage } from '../component/size-limit';
import type { AskSite, NoReply } from '../artifact/ask';
import type { Broker } from '../sandbox/broker/create-broker';

/** Asks through the broker, which reaches the host of an address and the further `origins`, and no other. */
export const askThrough =
	(broker: Pick<Broker, 'fetchNamed'>, origins: readonly string[]): AskSite =>
	async (url, { headers, maxBytes, signal, onProgress, explain }) => {
		if (signal?.aborted) return err({ cause: 'stopped', message: 'Stopped.' });
		const response = await broker.fetchNamed(url, { origins, headers, explain });
		if (!response.ok) return err(noReply(url, response.error));
		const names = new Map(response.headers.map(([name, value]) => [name.toLowerCase(), value]));
		const total = Number(names.get('content-length')) || null;
		const chunks: Uint8Array<ArrayBuffer>[] = [];
		let received = 0;
		try {
			for (let chunk = await response.read(); chunk; chunk = await response.read()) {
				received += chunk.length;
				if (signal?.aborted || received > maxBytes) {
					response.cancel();
					return err(
						signal?.aborted
							? { cause: 'stopped', message: 'Stopped.' }
							: { cause: 'too-large', message: tooLarge(Math.max(received, total ?? 0), maxBytes) },
					);
				}
				chunks.push(new Uint8Array(chunk));
				onProgress?.(received, total);
			}
		} catch {
			return err({
				cause: 'failed',
				message: `The transfer of ${url} broke off after ${received} bytes. Try again.`,
			});
		}
		const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
		return ok({ status: response.status, headers: names, bytes });
	};

const tooLarge = (bytes: number, maxBytes: number) =>
	maxBytes === most.componentFileBytes
		? fileTooLargeMessage(bytes)
		: `The file is larger than ${maxBytes / 2 ** 20} MiB, the most that is taken.`;

/** Why nothing came, and what to do: what helps a component's request, a route or another host, does not help the page's own. */
function noReply(url: string, { cause, detail, tag }: HttpFailure): NoReply {
	switch (cause) {
		case 'redirect':
			return {
				cause,
				message: `${url} redirects elsewhere. A browser does not tell a page where to, so it was not followed. Where you know it, give the address that it leads to.`,
			};
		case 'cors':
			return {
				cause: 'closed',
				message: `${url} could not be fetched. Its server answered, but does not let pages of other sites read it (CORS).`,
			};
		default:
			return { cause: 'failed', message: `${url} could not be fetched. ${detail ?? tag}` };
	}
}
