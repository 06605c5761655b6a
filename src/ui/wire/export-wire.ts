import { joined, phrase, type Outgoing, type Outlet } from '../../core/outlet';
import type { WireMessage } from '../../mcp/wire';

/**
 * Messages as one JSON document: an array of what is known of each, the message itself as it crossed under `message`, without the secrets
 * in it. Its numbers keep their digits, since its text is taken over as it is.
 */
export function exportWire(messages: readonly WireMessage[], outlet: Outlet): Outgoing<string> {
	const items = messages.map(({ text, rpcId, ...about }) => {
		const facts = JSON.stringify({ ...about, rpcId });
		return phrase`\n${outlet.jsonText(`${facts.slice(0, -1)},"message":${text}}`)}`;
	});
	return phrase`[${joined(items, ',')}\n]\n`;
}
