import type { Era } from '../../mcp/protocol-client';

/** The version of MCP that the page's own server and client speak with each other. */
export interface OwnProtocol {
	readonly era: () => Era;
	/** Connects them anew; calls that run end as they began. Rejects where what it takes cannot be fetched. */
	readonly speak: (era: Era) => Promise<void>;
}
