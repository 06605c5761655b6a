import { openFrame, type Frame } from '../frame';
import { createInbox } from '../inbox';
import { control, wireLimits, type BrokerCalls } from '../protocol';
import { connect, type Connection } from '../rpc';

export interface BrokerParts {
	readonly document: Document;
	/** Absolute URL of `broker.html`. */
	readonly brokerUrl: string;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
}

/** A broker's frame that was told what it may reach. */
export interface Office {
	readonly frame: Frame;
	readonly connection: Connection<BrokerCalls>;
	/** Ends every request in it, and takes the frame away. */
	close(): void;
}

/** By these a browser asks the user before a page reaches their own machine or network; a policy may grant such a host. */
const localNetwork = ['local-network', 'local-network-access', 'loopback-network'];

/** Opens a frame of the broker that can reach the given CSP sources and nothing else. `onClosed` is told when it is gone, whyever. */
export function openOffice(
	{ document, brokerUrl, now }: BrokerParts,
	sources: readonly string[],
	onClosed: () => void,
): Office {
	const frame = openFrame(document, brokerUrl, { allowed: localNetwork });
	let closed = false;
	const end = (reason: Error) => {
		connection.fail(reason);
		if (closed) return;
		closed = true;
		frame.remove();
		onClosed();
	};
	const connection = connect<BrokerCalls>(
		{ postMessage: (message, transfer) => frame.send(message, transfer) },
		{},
		end,
	);
	const inbox = createInbox({
		limits: wireLimits,
		receive: connection.receive,
		taken: () => frame.send(control.taken, []),
		onBroken: end,
		now,
	});
	frame.onmessage = inbox.add;
	void frame.lost.then(end);
	void connection.call('restrict', sources).catch(end);
	return { frame, connection, close: () => end(new Error('The broker is gone.')) };
}
