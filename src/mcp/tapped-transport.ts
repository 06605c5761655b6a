import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { crossingText } from './crossing';
import { createWireRecorder, type WireOptions } from './wire';

/** The client's end of a connection to elsewhere, with every message told to `onMessage` as text. */
export class TappedTransport implements Transport {
	onclose?: () => void;
	onerror?: (error: Error) => void;
	onmessage?: Transport['onmessage'];
	readonly #inner: Transport;
	readonly #record: ReturnType<typeof createWireRecorder>;

	constructor(inner: Transport, options: WireOptions) {
		this.#inner = inner;
		this.#record = createWireRecorder(options);
		inner.onclose = () => this.onclose?.();
		inner.onerror = (error) => this.onerror?.(error);
		inner.onmessage = (message, extra) => {
			this.#record('server→client', message, crossingText(message));
			this.onmessage?.(message, extra);
		};
	}

	get sessionId(): string | undefined {
		return this.#inner.sessionId;
	}

	setProtocolVersion = (version: string): void => this.#inner.setProtocolVersion?.(version);

	/** Told by a client that knows versions of the protocol beyond those of the first library. */
	setSupportedProtocolVersions = (versions: string[]): void =>
		(
			this.#inner as { setSupportedProtocolVersions?: (versions: string[]) => void }
		).setSupportedProtocolVersions?.(versions);

	get hasPerRequestStream(): boolean | undefined {
		return (this.#inner as { readonly hasPerRequestStream?: boolean }).hasPerRequestStream;
	}

	start(): Promise<void> {
		return this.#inner.start();
	}

	send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
		this.#record('client→server', message, crossingText(message));
		return this.#inner.send(message, options);
	}

	close(): Promise<void> {
		return this.#inner.close();
	}
}
