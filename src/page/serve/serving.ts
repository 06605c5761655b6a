import { fromBase64 } from '../../core/base64';
import { err, ok, type Result } from '../../core/result';
import { resolveEngine } from '../../core/policy';
import type { Scenario } from '../../core/scenario';
import type { Json } from '../../core/wit/types';
import type { Deck } from '../../deck/deck';
import type { Era } from '../../mcp/protocol-client';
import type { FetchSource } from '../../deck/scenario';
import type { AgentConnection } from '../../mcp/agent/connect-agent';
import type { AgentSide, Around } from '../../mcp/agent/agent-side';
import { createHostFolders, type LentFolder } from './host-folders';
import type { Post, PostItem } from './post';

/** What is to be served, as the command line says it. */
export interface ServeSetup {
	/** A scenario: its text, or a link to it. */
	readonly scenario: string | null;
	/** Components beside it, in order: a file's bytes, or what names one elsewhere. */
	readonly components: readonly (
		{ readonly id: string; readonly base64: string } | { readonly address: string }
	)[];
	/** Files that the scenario names, by component. */
	readonly supplied: Readonly<Record<string, string>>;
	/** Texts, by component. */
	readonly policies: readonly (readonly [id: string, text: string])[];
	readonly engine: string | null;
	/** Values that leave the page by no link and no file. */
	readonly secrets: readonly (readonly [key: string, value: string])[];
	/** Folders of the host that are lent. */
	readonly folders: readonly LentFolder[];
	/** Somebody sees this page. */
	readonly shown: boolean;
	/** The era of the protocol that agents are held to; null for either. */
	readonly era: Era | null;
}

/** What the command calls. It reaches the page by its browser's own debugging, so nothing else gets here. */
export interface Serving {
	/** Makes the session. The error is a sentence. */
	begin(setup: ServeSetup): Promise<Result<readonly string[], string>>;
	/** An agent is there, under a name of the command's. Its messages are listed under `label`, default that name. */
	connect(connection: string, label?: string): Promise<void>;
	receive(connection: string, text: string): void;
	disconnect(connection: string): Promise<void>;
	next(): Promise<readonly PostItem[]>;
	answer(errand: number, outcome: { readonly value: Json } | { readonly problem: string }): void;
}

export interface ServingPorts {
	readonly deck: Deck;
	readonly post: Post;
	readonly open: (scenario: Scenario, fetchSource: FetchSource) => Promise<Result<void, string>>;
	readonly fetchSource: FetchSource;
	/** A sample as it is to be met first; the error says that there is none. */
	readonly sampleScenario: (name: string) => Promise<Result<Scenario, string>>;
	readonly loadFrom: (address: string) => Promise<Result<unknown, string>>;
	/** Serves one more agent. */
	readonly connectAgent: (
		options: { readonly label: string; readonly era: Era | null },
		agent: Pick<AgentSide, 'around' | 'askPerson'>,
		send: (text: string) => void,
	) => Promise<AgentConnection>;
	/** Asks the person at the page. */
	readonly askPerson: NonNullable<AgentSide['askPerson']>;
}

/** The page's end of `tapedeck serve`. */
export function createServing(ports: ServingPorts): Serving {
	const { deck, post } = ports;
	const agents = new Map<string, AgentConnection>();
	let shown = false;
	let era: Era | null = null;
	let around: Around | null = null;

	return {
		async begin(setup) {
			({ shown, era } = setup);
			around = setup.folders.length > 0 ? createHostFolders(deck, post, setup.folders) : null;
			const made = await makeSession(setup, ports);
			return made.ok ? ok(deck.components.flatMap(({ tools }) => tools.map(({ name }) => name))) : made;
		},
		async connect(connection, label = connection) {
			const askPerson = shown ? ports.askPerson : null;
			agents.set(
				connection,
				await ports.connectAgent({ label, era }, { askPerson, ...(around && { around }) }, (text) =>
					post.message(connection, text),
				),
			);
		},
		receive: (connection, text) => agents.get(connection)?.receive(text),
		async disconnect(connection) {
			const agent = agents.get(connection);
			agents.delete(connection);
			await agent?.close();
		},
		next: post.next,
		answer: post.answer,
	};
}

/** What a session that the command line describes is made of. */
export type SessionSetup = Omit<ServeSetup, 'shown' | 'era'>;
export type SessionPorts = Pick<
	ServingPorts,
	'deck' | 'open' | 'fetchSource' | 'sampleScenario' | 'loadFrom'
>;

/** Makes a session of what the command line says. The error is a sentence. */
export async function makeSession(setup: SessionSetup, ports: SessionPorts): Promise<Result<void, string>> {
	const { deck } = ports;
	const opened = await openFirst(setup, ports);
	if (!opened.ok) return opened;
	for (const component of setup.components.slice(opened.value)) {
		const loaded =
			'address' in component
				? await ports.loadFrom(component.address)
				: await deck.load(fromBase64(component.base64), component.id, {
						source: { file: `${component.id}.wasm` },
						policy: null,
					});
		if (!loaded.ok) return err(loaded.error);
	}
	if (setup.engine !== null) {
		if (!resolveEngine(setup.engine).ok) return err(`There is no engine ${setup.engine}.`);
		deck.setEngine(setup.engine);
	}
	for (const [id, text] of setup.policies) {
		if (!deck.components.some((one) => one.id === id))
			return err(`No component is called ${id}, for which --policy names a file. There is ${idsOf(deck)}.`);
		const set = deck.setPolicy(id, text);
		if (!set.ok) return set;
	}
	const variables = new Map(deck.world.variables);
	for (const [key, value] of setup.secrets) variables.set(key, { value, secret: true });
	return setup.secrets.length > 0 ? deck.setWorld({ ...deck.world, variables }) : ok(undefined);
}

/** Opens the scenario that the session begins with, and tells how many of the components came with it. A sample that is named first comes with its world. */
async function openFirst(
	{ scenario, components, supplied }: SessionSetup,
	ports: SessionPorts,
): Promise<Result<number, string>> {
	const [first] = components;
	if (scenario === null) {
		const name = first && 'address' in first && /^sample:(.+)$/.exec(first.address)?.[1];
		const sample = name ? await ports.sampleScenario(name) : ok({ version: 1 as const, components: [] });
		if (!sample.ok) return sample;
		const opened = await ports.open(sample.value, ports.fetchSource);
		return opened.ok ? ok(name ? 1 : 0) : opened;
	}
	const { decodeLink, parseScenario } = await import('../../core/scenario/read');
	const parsed = /^\s*\{/.test(scenario) ? parseScenario(scenario) : decodeLink(scenario);
	if (!parsed.ok) return parsed;
	const opened = await ports.open(parsed.value, async (source, options) => {
		const given = supplied[options.id];
		return given === undefined ? ports.fetchSource(source, options) : ok(fromBase64(given));
	});
	return opened.ok ? ok(0) : opened;
}

const idsOf = ({ components }: Deck): string =>
	components.length === 0 ? 'none' : components.map(({ id }) => id).join(', ');
