import type { AskPerson } from '../../mcp/agent/agent-side';
import { AgentCalls } from '../../mcp/agent/agent-calls';
import { OpenQuestions } from '../../mcp/agent/open-questions';
import type { Result } from '../../core/result';
import type { Scenario } from '../../core/scenario';
import type { FetchSource } from '../../deck/scenario';
import type { McpServerOptions } from '../../mcp/server';
import type { PageParts } from '../page-parts';
import { sampleScenario } from '../samples';
import { createServing, type Serving } from './serving';
import { Post } from './post';

export { Post } from './post';
export { throughCommand } from './outside';

declare global {
	interface Window {
		/** What `tapedeck serve` calls in the page that it shows; no other page has it. See docs/agents.md. */
		tapedeckServe?: Serving;
	}
}

interface ServePorts {
	readonly parts: PageParts;
	readonly post: Post;
	/** What a server of this page is made with. */
	readonly server: McpServerOptions;
	readonly calls: AgentCalls;
	readonly askPerson: AskPerson;
	readonly open: (scenario: Scenario, fetchSource: FetchSource) => Promise<Result<void, string>>;
}

/** Opens the page's end of `tapedeck serve`. */
export function startServing({ parts, post, server, calls, askPerson, open }: ServePorts): void {
	const { deck, sources, wire, now } = parts;
	const questions = new OpenQuestions(parts.wallNow);
	window.tapedeckServe = createServing({
		...{ deck, post, open, askPerson },
		fetchSource: sources.fetch,
		sampleScenario,
		loadFrom: (address) => sources.loadInto(deck, address, new AbortController().signal),
		connectAgent: async ({ label, era }, agent, send) => {
			const { connectAgent } = await import('../../mcp/agent/connect-agent');
			return connectAgent(deck, {
				...{ ...server, now, send },
				agent: { ...agent, calls, questions },
				...(era && { era }),
				onMessage: wire.from(label),
			});
		},
	});
}
