import type { OfferTools } from './agents/web-agent.svelte';
import type { Author } from '../author/build-tool';
import type { FetchProblem } from '../artifact/fetch-problem';
import type { FetchedComponent } from '../artifact/find/fetch-file';
import type { DirectoryPage } from '../artifact/find/search-directory';
import type { Result } from '../core/result';
import type { Scenario } from '../core/scenario';
import type { Json } from '../core/wit/types';
import type { World } from '../core/world';
import type { Deck } from '../deck/deck';
import type { FetchSource, FollowOptions } from '../deck/scenario';
import type { SessionStore } from '../deck/session-store';
import type { RunUnder } from '../deck/run-under';
import type { Rehearsal } from '../mcp/reproduce';
import type { ConsoleClient } from '../mcp/client';
import type { OwnProtocol } from './wire/own-protocol';
import type { ComponentIndex } from './registry/component-index.svelte';
import type { MirrorList } from './registry/mirror-list.svelte';
import type { ConnectRemote } from './remote/remotes.svelte';
import type { WireLog } from '../mcp/wire-log';
import type { RunMarker } from '../deck/run-marker';

/** One sample as the list of samples names it. */
export interface SampleListing {
	readonly name: string;
	readonly title: string;
	readonly summary: string;
	/** The language that it is written in. */
	readonly language: string;
	/** Bytes of the component. */
	readonly size: number;
	readonly tags: readonly string[];
	/** It tries what a policy should stop. */
	readonly hostile: boolean;
}

/** A sample, whole: its component, and what goes with it. */
export interface LoadedSample {
	readonly id: string;
	readonly bytes: Uint8Array;
	readonly policy: string | null;
	/** Laid over the world: files, variables and routes are added, the rest replaces. */
	readonly world?: Partial<World>;
	/** A call worth making first. */
	readonly call?: { readonly tool: string; readonly arguments: { readonly [name: string]: Json } };
	/** What it comes as. */
	readonly scenario?: Scenario;
}

/** Bytes so far, and all of them where that is known. */
export type OnProgress = (received: number, total: number | null) => void;

export interface FetchOptions {
	readonly signal?: AbortSignal;
	readonly onProgress?: OnProgress;
}

/** What a session is made of; `main.ts` makes these and joins them. */
export interface SessionParts {
	readonly deck: Deck;
	readonly client: ConsoleClient;
	/** Which era of MCP the page's own server and client speak, and what makes them speak another; rejects where that cannot be fetched. Absent where nobody chooses. */
	readonly protocol?: OwnProtocol;
	readonly wire: WireLog;
	/** What search-components finds beside the samples. */
	readonly index: ComponentIndex;
	/** Connects to an MCP server elsewhere. */
	readonly connectRemote: ConnectRemote;
	readonly samples: readonly SampleListing[];
	/** Runs a call beside the session, under grants that are not its own. */
	readonly runUnder: RunUnder;
	/** Makes a deck beside the session, with a client of its own, that sends nothing. */
	readonly rehearse: () => Promise<Rehearsal>;
	/** Fetches a sample. The error says what failed and what to do. */
	readonly loadSample: (name: string, options?: FetchOptions) => Promise<Result<LoadedSample, string>>;
	/** The scenario that a sample comes as, without its component. The error says what failed. */
	readonly sampleScenario: (name: string) => Promise<Result<Scenario, string>>;
	/** Fetches a component by anything that names it, in a frame of its own. The error says what failed and what can be done. */
	readonly fetchComponent: (
		text: string,
		options?: FetchOptions & { readonly origins?: readonly string[] },
	) => Promise<Result<FetchedComponent, FetchProblem>>;
	/** Asks wasm.directory for components; the words go there. */
	readonly searchDirectory: (query: string) => Promise<Result<DirectoryPage, FetchProblem>>;
	/** Registries that a mirror stands in for. */
	readonly mirrors: MirrorList;
	/** Gets the bytes that a scenario's source names. */
	readonly fetchSource: FetchSource;
	/** Fetches the text of a scenario from an address; no more than a scenario may have. */
	readonly fetchText: (
		address: string,
		options: FollowOptions & { readonly signal?: AbortSignal },
	) => Promise<Result<string, string>>;
	/** Sessions that this browser keeps. */
	readonly store: SessionStore;
	readonly runs: RunMarker;
	/** Replaces the session by a scenario, or leaves it as it is. Runs nothing. The error is a sentence. */
	readonly openScenario: (scenario: Scenario) => Promise<Result<void, string>>;
	/** What makes components of sources, fetched when it is first asked for. */
	readonly author: () => Promise<Author>;
	/** Offers the tools to the browser's own agent; null where it has none. */
	readonly offerTools?: OfferTools | null;
	/** The product's version, for Help. */
	readonly version: string;
}
