import { itemAt } from '../core/item-at';
import '../page/stop-if-unsupported';
import '../mcp/without-eval';
import { version } from '../../package.json';
import type { Outgoing } from '../core/outlet';
import { openScenario } from '../deck/scenario';
import { createDoor } from '../page/door';
import { createPageParts } from '../page/page-parts';
import { besideBinary, routeAnswer, type Beside } from './beside-binary';
import { runTool, type RunRequest } from './run-tool';
import { verifyScenario, type VerifyOptions, type VerifyOutcome } from './verify-scenario';

declare global {
	interface Window {
		/** What `npm run verify` calls. See docs/verify.md. */
		tapedeckVerify: (text: string, options?: VerifyOptions) => Promise<Outgoing<VerifyOutcome>>;
		/** What `tapedeck run` calls. */
		tapedeckRun: (request: RunRequest) => ReturnType<typeof runTool>;
		/** What `verify --wassette` asks of the page: how a route of the scenario that is open answers, and where a binary parts from the page. */
		tapedeckBeside: {
			answer: (request: { method: string; url: string }) => ReturnType<typeof routeAnswer>;
			compare: (
				index: number,
				page: Beside['page'],
				binary: { text: string; isError: boolean },
			) => Outgoing<Beside>;
		};
	}
}

const parts = createPageParts({ version });

window.tapedeck = createDoor({
	version,
	deck: parts.deck,
	client: () => parts.client,
	open: async (scenario) => {
		const opened = await openScenario(parts.deck, scenario, {
			fetchSource: parts.sources.fetch,
			now: parts.wallNow(),
		});
		if (!opened.ok) throw new Error(opened.error);
	},
	author: parts.author,
	address: () => location.href.replace(/#.*/s, ''),
});

/** The session of the scenario that was checked last. */
let last: Awaited<ReturnType<typeof parts.anotherSession>> | null = null;

/** The deck of that scenario. */
function checked() {
	if (!last) throw new Error('no scenario was checked');
	return last.deck;
}

window.tapedeckVerify = async (text, options) => {
	await last?.client.close();
	// Nothing of one scenario reaches the next one, in a page that both can have.
	last = await parts.anotherSession();
	const { deck, client } = last;
	return verifyScenario({ ...parts, deck, client: Promise.resolve(client) }, text, options);
};
window.tapedeckRun = (request) => runTool(parts, request);
window.tapedeckBeside = {
	answer: (request) => routeAnswer(checked().world.routes, request),
	compare: (index, page, binary) => {
		const { notes, outlet } = checked();
		return outlet.json(besideBinary(itemAt(notes.calls ?? [], index), page, binary));
	},
};
