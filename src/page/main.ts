import './stop-if-unsupported';
// Early: schemas of ours are made while the other modules load.
import '../mcp/without-eval';
import { mount } from 'svelte';
import { version } from '../../package.json';
import type { Scenario } from '../core/scenario';
import { openScenario } from '../deck/scenario';
import { createSessionStore } from '../deck/session-store';
import { createDoor, type Tapedeck } from './door';
import type { ModelContext } from '../mcp/agent/web-tools';
import { createLateClient } from '../mcp/late-client';
import { keepForOffline } from './offline/register';
import { createPageParts } from './page-parts';
import { samples, sampleScenario } from './samples';
import { createRemoteConnector } from './remote-connector';
import App from '../ui/App.svelte';
import { whenLineIsFree } from '../ui/base/line';
import { fetchFullEditor } from '../ui/editor/full-editor';
import { MirrorList } from '../ui/registry/mirror-list.svelte';
import { ComponentIndex } from '../ui/registry/component-index.svelte';
import { Session } from '../ui/session.svelte';
import { RunMarker } from '../deck/run-marker';
import { savesData, whenQuiet } from './when-quiet';

declare global {
	interface Window {
		/** See docs/console-object.md. */
		tapedeck: Tapedeck;
	}
}

// A page that `tapedeck serve` shows.
const serve =
	document.documentElement.dataset.serve === undefined ? null : await import('./serve/start-serving');

const post = serve && new serve.Post();

const runs = new RunMarker();
const mirrors = new MirrorList();
const parts = createPageParts({
	version,
	watchCall: runs.watch,
	moreEntries: () => index.entries,
	mirrors: () => mirrors.all,
	...(serve && post && { outside: (own) => serve.throughCommand(own, post) }),
});
const late = createLateClient(parts.client);
const { deck, programs, sources, broker, supervisor, wire, client, runUnder, rehearse, now, wallNow } = parts;
const index = new ComponentIndex((address) => sources.address(address));

const open = async (scenario: Scenario) => {
	const opened = await openScenario(deck, scenario, {
		fetchSource: sources.fetch,
		knownBytes: (sha256) => sessionStore.bytes(sha256).catch(() => null),
		now: wallNow(),
	});
	if (opened.ok) session?.scenarios.openedElsewhere();
	return opened;
};

const sessionStore = createSessionStore();
let session: Session | null = null;

window.tapedeck = createDoor({
	version,
	deck,
	client: async () => late,
	author: parts.author,
	open: async (scenario) => {
		const opened = await open(scenario);
		if (!opened.ok) throw new Error(opened.error);
	},
	address: () => location.href.replace(/[?#].*/s, ''),
});

/** To the browser's own agent, where there is one. */
async function offerTools(): Promise<() => void> {
	const { agents, notices } = session!;
	const { offerWebTools } = await import('../mcp/agent/web-tools');
	return offerWebTools(deck, {
		...{ version, now, server: parts.server, onMessage: wire.from('this browser’s agent') },
		context: (document as unknown as { readonly modelContext: ModelContext }).modelContext,
		agent: { who: 'This browser’s own agent', askPerson: agents.ask, calls: agents.calls },
		onProblem: notices.say,
	});
}

session = new Session({
	deck,
	client: late,
	protocol: {
		era: () => late.server.era,
		speak: async (era) => late.replaceBy(await parts.connect(era)),
	},
	wire,
	index,
	connectRemote: createRemoteConnector({ broker, wire, version, origin: location.origin, now }),
	runUnder,
	rehearse,
	samples,
	loadSample: sources.sample,
	sampleScenario,
	fetchComponent: sources.fetchNamed,
	searchDirectory: sources.searchDirectory,
	mirrors,
	fetchSource: sources.fetch,
	fetchText: sources.text,
	store: {
		...sessionStore,
		clear: async () => {
			await programs?.clear();
			await sessionStore.clear();
		},
	},
	runs,
	openScenario: open,
	author: parts.author,
	offerTools: 'modelContext' in document ? offerTools : null,
	version,
});
// Each of these waits for something of its own: storage, the network, a frame, and the module that MCP comes in.
const started = session.scenarios.start({
	sample: serve ? null : 'files',
	expected: () => serve !== null || savesData() || sources.sampleAhead('files'),
	beforeLoading: supervisor.warm,
});
document.getElementById('start')?.remove();
mount(App, { target: document.body, props: { session } });
await Promise.all([started, client]);
if (serve && post)
	serve.startServing({
		...{ parts, post, server: parts.server },
		...{ calls: session.agents.calls, askPerson: session.agents.ask },
		open: async (scenario, fetchSource) => {
			const opened = await openScenario(deck, scenario, { fetchSource, now: wallNow() });
			if (opened.ok) session?.scenarios.openedElsewhere();
			return opened;
		},
	});
// Last, so that it takes nothing from what the visitor waits for.
await whenQuiet(deck);
// What a person asked for goes first, on a slow line above all. Then what a component of one's own waits for, and last the editor, in whose
// place there is one already.
await whenLineIsFree();
if (!savesData() && !session.scenarios.opening.question) {
	await parts.warmTranspiler();
	await fetchFullEditor();
}
if (import.meta.env.PROD && !serve) void keepForOffline(session.notices.sayOfPage);
