import './stop-if-unsupported';
// Early: schemas of ours are made while the other modules load.
import './mcp/without-eval';
import { mount } from 'svelte';
import { version } from '../package.json';
import { createLoader } from './component/load-component';
import { loadMode, spawnTranspiler } from './component/spawn-worker';
import { createDeck } from './deck/create-deck';
import { createRunUnder } from './deck/run-under';
import { openScenario } from './deck/scenario';
import { createSessionStore } from './deck/session-store';
import { createDoor, type Tapedeck } from './door';
import { createConsoleClient } from './mcp/client';
import { createLink } from './mcp/link';
import { createMcpServer } from './mcp/server';
import { WireLog } from './mcp/wire-log';
import { createBroker } from './sandbox/broker/create-broker';
import { createSupervisor } from './sandbox/supervisor';
import { samples } from './samples';
import { createSources } from './sources';
import App from './ui/App.svelte';
import { Session } from './ui/session.svelte';
import { RunMarker } from './ui/sessions/run-marker';

declare global {
	interface Window {
		/** See docs/console-object.md. */
		tapedeck: Tapedeck;
	}
}

const now = () => performance.now();
const wallNow = () => Date.now();
const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
// Not by animation frames: they stop while the tab is in the background.
const schedule = (task: () => void) => void setTimeout(task, 16);
const beside = (file: string) => new URL(file, document.baseURI).href;

const supervisor = createSupervisor({ document, runnerUrl: beside('runner.html'), now });
const broker = createBroker({ document, brokerUrl: beside('broker.html'), now });
const loader = createLoader({ spawn: spawnTranspiler, mode: loadMode() });
const sources = createSources(broker);
const runs = new RunMarker();

const deck = createDeck({
	loadComponent: loader.load,
	run: supervisor.run,
	fetchLive: broker.fetchLive,
	watchCall: runs.watch,
	now,
	wallNow,
	schedule,
	wait,
});

const wire = new WireLog();
const link = createLink({ onMessage: wire.add, now });
const server = createMcpServer(deck, {
	version,
	registry: samples.map(({ name, summary }) => ({ name, description: summary, uri: `sample:${name}` })),
	loadFrom: (path, signal) => sources.loadInto(deck, path, signal),
	wallNow,
});
const client = server.connect(link.server).then(() => createConsoleClient(link.client, { version }));

const open = async (scenario: Parameters<typeof openScenario>[1]) => {
	const opened = await openScenario(deck, scenario, { fetchSource: sources.fetch, now: wallNow() });
	if (!opened.ok) throw new Error(opened.error);
	session?.scenarios.openedElsewhere();
};

let session: Session | null = null;

window.tapedeck = createDoor({
	version,
	deck,
	client: () => client,
	open,
	address: () => location.href.replace(/[?#].*$/s, ''),
});

session = new Session({
	deck,
	client: await client,
	wire,
	runUnder: createRunUnder(deck, { run: supervisor.run, now, wait }),
	samples,
	loadSample: sources.sample,
	fetchComponent: sources.address,
	fetchSource: sources.fetch,
	fetchText: sources.text,
	store: createSessionStore(),
	runs,
	version,
});
mount(App, { target: document.body, props: { session } });
await session.scenarios.start({ sample: 'files' });
// Where a scenario waits for consent, not even an empty sandbox is made.
if (!session.scenarios.opening.question) supervisor.warm();
