import type { WireMessage } from '../../mcp/wire';

/**
 * Messages as one JSON document: an array of what is known of each, the message itself as it crossed under `message`. Its numbers keep
 * their digits, since its text is taken over as it is.
 */
export function exportWire(messages: readonly WireMessage[]): string {
	const items = messages.map(({ text, rpcId, ...about }) => {
		const facts = JSON.stringify({ ...about, rpcId });
		return `${facts.slice(0, -1)},"message":${text}}`;
	});
	return `[${items.map((item) => `\n${item}`).join(',')}\n]\n`;
}
