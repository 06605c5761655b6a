import type { CallSetup } from '../core/call';
import type { FileChange } from '../core/files';
import { CrossingError } from '../core/link';
import { parseBatch, parseChanges, parseCrossing, parseRequest, parseResponseId } from './parse';
import { wireLimits, type BatchItem, type PageCalls, type PageNews } from './protocol';
import { createResponses, type Responses } from './responses';
import { ProtocolError, type Handlers } from './rpc';
import type { CallPorts } from './supervisor';

/** What a runner asks and tells while a call runs, taken for the ports of the call. */
export class Intake {
	readonly responses: Responses;
	readonly changed: FileChange[] = [];
	readonly handlers: Handlers<PageCalls & PageNews>;
	recorded = 0;
	#outputBytes = 0;
	#open = true;
	readonly #ports: CallPorts;
	readonly #limits: CallSetup['limits'];
	readonly #limited: (limit: keyof CallSetup['limits'], message: string) => void;

	constructor(
		ports: CallPorts,
		limits: CallSetup['limits'],
		limited: (limit: keyof CallSetup['limits'], message: string) => void,
	) {
		this.#ports = ports;
		this.#limits = limits;
		this.#limited = limited;
		const responses = createResponses(ports.request, limits, limited);
		const { cross, dropped } = ports;
		this.responses = responses;
		this.handlers = {
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
			changes: (part) => {
				this.changed.push(...parseChanges(part));
				if (this.changed.length > wireLimits.changes)
					throw new ProtocolError('more changes than it may make');
			},
			batch: (items) => {
				for (const item of parseBatch(items)) if (!this.#open || !this.#take(item)) return;
			},
		};
	}

	/** Takes nothing more. */
	close(): void {
		this.#open = false;
	}

	/** Takes an item; false where it ended the call. */
	#take(item: BatchItem): boolean {
		if (item.kind === 'piece') this.#ports.piece?.(item.piece);
		else if (item.kind === 'call') {
			if (++this.recorded > wireLimits.records) throw new ProtocolError('more host calls than it may record');
			this.#ports.record(item.call);
		} else {
			this.#outputBytes += item.bytes.byteLength;
			if (this.#outputBytes > this.#limits.outputBytes) {
				this.#limited('outputBytes', `The component wrote more than ${this.#limits.outputBytes} bytes.`);
				return false;
			}
			this.#ports.output(item.stream, item.bytes);
		}
		return true;
	}
}
