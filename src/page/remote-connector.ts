import type { WireLog } from '../mcp/wire-log';
import type { Broker } from '../sandbox/broker/create-broker';
import type { ConnectRemote } from '../ui/remote/remotes.svelte';

interface Ports {
	readonly broker: Pick<Broker, 'openLine'>;
	readonly wire: WireLog;
	readonly version: string;
	/** The page's own origin. */
	readonly origin: string;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
}

/** Connects to servers elsewhere, each over a line of its own, so that the page itself can reach none of them. */
export function createRemoteConnector({ broker, wire, version, origin, now }: Ports): ConnectRemote {
	return async (address, { name, onLost }) => {
		const { connectRemote, readAddress } = await import('../mcp/remote');
		const checked = readAddress(address, origin);
		if (!checked.ok) return checked;
		const line = broker.openLine(checked.value);
		const connected = await connectRemote(address, {
			version,
			origin,
			requestOrigin: 'null',
			fetch: line.fetch,
			now,
			onMessage: wire.from(name),
			onLost,
		});
		if (connected.ok) connected.value.onClose(line.close);
		else line.close();
		return connected;
	};
}
