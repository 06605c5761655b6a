import type { CallSetup } from '../core/call';
import type { FileChange } from '../core/files';
import { CrossingError } from '../core/link';
import { parseBatch, parseChanges, parseCrossing, parseRequest, parseResponseId } from './parse';
import { wireLimits, type PageCalls, type PageNews } from './protocol';
import type { createResponses } from './responses';
import { ProtocolError, type Handlers } from './rpc';
import type { CallPorts } from './supervisor';

interface IntakeOptions {
	readonly limits: CallSetup['limits'];
	readonly responses: ReturnType<typeof createResponses>;
	/** Ends the call: it came to a limit. */
	readonly limited: (limit: keyof CallSetup['limits'], message: string) => void;
}

/** What the page takes from the sandbox of one call, all of it parsed and counted: what is more than a sandbox may send breaks the protocol. */
export function createIntake(ports: CallPorts, { limits, responses, limited }: IntakeOptions) {
	let open = true;
	let outputBytes = 0;
	let recorded = 0;
	const changed: FileChange[] = [];
	const { cross, dropped } = ports;
	const answers: Handlers<PageCalls & PageNews> = {
		request: (request) => responses.request(parseRequest(request)),
		read: (response) => responses.read(parseResponseId(response)),
		cancel: (response) => responses.cancel(parseResponseId(response)),
		cross(crossing) {
			if (!cross) throw new ProtocolError('a call of what nobody provides');
			return cross(parseCrossing(crossing)).catch((error: unknown) => {
				// What crosses is not of its type: whoever sent it broke the protocol.
				throw error instanceof CrossingError ? new ProtocolError(error.message) : error;
			});
		},
		dropped: (resource) => dropped?.(parseResponseId(resource)),
		changes(part) {
			changed.push(...parseChanges(part));
			if (changed.length > wireLimits.changes) throw new ProtocolError('more changes than it may make');
		},
		batch(items) {
			for (const item of parseBatch(items)) {
				if (!open) return;
				if (item.kind === 'call') {
					if (++recorded > wireLimits.records) throw new ProtocolError('more host calls than it may record');
					ports.record(item.call);
				} else if (item.kind === 'piece') {
					ports.piece?.(item.piece);
				} else {
					outputBytes += item.bytes.byteLength;
					if (outputBytes > limits.outputBytes) {
						return limited('outputBytes', `The component wrote more than ${limits.outputBytes} bytes.`);
					}
					ports.output(item.stream, item.bytes);
				}
			}
		},
	};
	return {
		answers,
		/** Files that the component changed, told before its end. */
		changed: changed as readonly FileChange[],
		/** Host calls so far. */
		recorded: () => recorded,
		/** The call is over: nothing more is taken. */
		close: () => {
			open = false;
		},
	};
}
