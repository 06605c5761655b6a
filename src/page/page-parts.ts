import type { Mirrors } from '../core/address';
import type { PortResponse } from '../core/call';
import { err, ok } from '../core/result';
import { createLoader } from '../component/load-component';
import { createProgramCache, type ProgramCache } from '../component/program-cache';
import { loadMode } from '../component/load-mode';
import { createPrebuilt } from '../component/prebuilt';
import { spawnTranspiler, transpilerName } from '../component/spawn-worker';
import type { DeckParts } from '../deck/deck-parts';
import { createDeck } from '../deck/create-deck';
import type { Deck } from '../deck/deck';
import { createRunUnder, type RunUnder } from '../deck/run-under';
import type { Rehearsal } from '../mcp/reproduce';
import type { Author } from '../author/build-tool';
import { sentenceOf } from '../author/problem';
import type { RegistryEntry } from '../mcp/builtin-tools';
import type { ConsoleClient } from '../mcp/client';
import type { Era } from '../mcp/protocol-client';
import type { McpServerOptions } from '../mcp/server';
import { WireLog } from '../mcp/wire-log';
import { createBroker, type Broker } from '../sandbox/broker/create-broker';
import { createSupervisor, type Supervisor } from '../sandbox/supervisor';
import { savesData } from './when-quiet';
import { runnerSource } from '../sandbox/runner-source';
import { samples } from './samples';
import { createSources, type Sources } from './sources';

/** What a page that plays components is made of, joined. */
export interface PageParts {
	readonly deck: Deck;
	readonly sources: Sources;
	readonly broker: Broker;
	readonly supervisor: Supervisor;
	/** Starts fetching the transpiler ahead of the first component that needs it. */
	readonly warmTranspiler: () => Promise<void>;
	/** What was made of components before, where it is kept. */
	readonly programs: Pick<ProgramCache, 'clear'> | undefined;
	readonly wire: WireLog;
	readonly client: Promise<ConsoleClient>;
	/** Connects a server and a client over the deck once more, of an era of the protocol; default legacy. */
	readonly connect: (era?: Era) => Promise<ConsoleClient>;
	/** What a server over the deck is made with. */
	readonly server: McpServerOptions;
	/** Runs a call beside the session, under grants that are not its own. */
	readonly runUnder: RunUnder;
	/** Makes a deck beside the session, with a client of its own, that sends nothing. */
	readonly rehearse: () => Promise<Rehearsal>;
	/**
	 * Makes another session in the same page, with a client of its own. It has nothing of the first one, and shares with it what makes programs
	 * and sandboxes.
	 */
	readonly anotherSession: () => Promise<{ readonly deck: Deck; readonly client: ConsoleClient }>;
	/** What makes components of sources, fetched when it is first asked for. */
	readonly author: () => Promise<Author>;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
	/** Milliseconds since the epoch. */
	readonly wallNow: () => number;
}

export interface PageOptions extends Pick<DeckParts, 'watchCall'> {
	readonly version: string;
	/** What `search-components` finds beside the samples. */
	readonly moreEntries?: () => readonly RegistryEntry[];
	/** Registries that a mirror stands in for; default none. */
	readonly mirrors?: () => Mirrors;
	/** Takes the place of what reaches the outside by the browser alone. */
	readonly outside?: (broker: Broker) => Broker;
}

const notSent: PortResponse = {
	ok: false,
	error: { tag: 'destination-not-found', detail: 'A rehearsal sends nothing.' },
};

/** Makes the parts in the page they are called from. Fetches no component and runs nothing; MCP comes in a module of its own, which is on its way when this returns. */
export function createPageParts({
	version,
	watchCall,
	moreEntries,
	mirrors,
	outside,
}: PageOptions): PageParts {
	const now = () => performance.now();
	const wallNow = () => Date.now();
	const beside = (file: string) => new URL(file, document.baseURI).href;

	const supervisor = createSupervisor({ document, runner: runnerSource(document), now, isSaving: savesData });
	const own = createBroker({ document, brokerUrl: beside('broker.html'), now });
	const broker = outside?.(own) ?? own;
	// Neither in development, where what the transpiler is made of has no name.
	const made = transpilerName === null ? null : { transpiler: transpilerName, mode: loadMode() };
	const programs = made ? createProgramCache({ ...made, now: wallNow }) : undefined;
	const prebuilt = made
		? createPrebuilt({
				...made,
				has: (sha256) => samples.some((sample) => sample.sha256 === sha256),
				address: beside,
				fetch: fetch.bind(window),
			})
		: undefined;
	const loader = createLoader({ spawn: spawnTranspiler, mode: loadMode(), prebuilt, cache: programs });
	const sources = createSources(broker, { onOwn: prebuilt?.fetchAhead, mirrors });
	const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
	let coming: Promise<Author> | null = null;
	const author = () => {
		coming ??= Promise.all([import('../author/build-tool'), import('../author/spawn-builder')]).then(
			([{ createAuthor }, { spawnBuilder }]) =>
				createAuthor({ spawn: spawnBuilder, load: loader.load, run: supervisor.run, mode: loadMode() }),
		);
		coming.catch(() => (coming = null));
		return coming;
	};
	const authored: DeckParts['author'] = {
		describe: async (source) => {
			const described = await (await author()).describe(source);
			return described.ok ? described : err(sentenceOf([described.error]));
		},
		build: async (source, options) => {
			const built = await (await author()).build(source, options);
			return built.ok ? ok(built.value.bytes) : err(sentenceOf(built.error));
		},
	};
	const deckParts: DeckParts = {
		loadComponent: loader.load,
		run: supervisor.run,
		serve: supervisor.serve,
		author: authored,
		prepare: supervisor.prepare,
		fetchLive: broker.fetchLive,
		watchCall,
		now,
		wallNow,
		// Not by animation frames: they stop while the page is out of sight.
		schedule: (task, milliseconds) => void setTimeout(task, milliseconds),
		wait,
	};
	const deck = createDeck(deckParts);
	const wire = new WireLog();
	const server: McpServerOptions = {
		version,
		registry: () => [
			...samples.map(({ name, summary }) => ({ name, description: summary, uri: `sample:${name}` })),
			...(moreEntries?.() ?? []),
		],
		loadFrom: (path, signal) => sources.loadInto(deck, path, signal),
		wallNow,
	};
	const connect = async (era?: Era) =>
		(await import('../mcp/connect-console')).connectConsole(deck, {
			...{ ...server, now, onMessage: wire.add },
			...(era && { era }),
		});
	const client = connect();
	const rehearse = async (): Promise<Rehearsal> => {
		const beside = createDeck({ ...deckParts, fetchLive: async () => notSent });
		const { connectConsole } = await import('../mcp/connect-console');
		const client = await connectConsole(beside, {
			...{ version, now, wallNow },
			onMessage: () => {},
			registry: () => [],
			loadFrom: async () => err('A rehearsal loads nothing.'),
		});
		return { deck: beside, client };
	};
	const anotherSession = async () => {
		const another = createDeck(deckParts);
		const { connectConsole } = await import('../mcp/connect-console');
		const client = await connectConsole(another, {
			...server,
			now,
			onMessage: () => {},
			loadFrom: (path, signal) => sources.loadInto(another, path, signal),
		});
		return { deck: another, client };
	};
	const runUnder = createRunUnder(deck, { run: supervisor.run, now, wait });
	return {
		server,
		connect,
		...{ deck, programs, sources, broker, supervisor, wire, client, runUnder, rehearse, now, wallNow },
		anotherSession,
		author,
		warmTranspiler: loader.warm,
	};
}
