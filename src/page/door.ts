import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { ActivityEntry } from '../core/activity';
import {
	assumedWorld,
	evaluate,
	newestRelease,
	parsePolicy,
	readAccessRequest,
	resolveEngine,
	type AccessRequest,
	type Decision,
	type Problem,
} from '../core/policy';
import { phrase, type Outgoing } from '../core/outlet';
import { isLink, type Scenario } from '../core/scenario';
import type { Json } from '../core/wit/types';
import type { Author, ToolSource } from '../author/build-tool';
import type { BuildProblem } from '../author/problem';
import type { Deck } from '../deck/deck';
import { captureScenario } from '../deck/scenario';
import type { ConsoleClient } from '../mcp/client';

/** `window.tapedeck`: the door that scripts, embedders and tests use. See docs/console-object.md. */
export interface Tapedeck {
	readonly version: string;
	/** Replaces the session by a scenario (object, JSON text or link). Runs nothing. Rejects, and changes nothing, where that fails. */
	open(scenario: Scenario | string): Promise<void>;
	/** Loads a component as if it had been dropped, without a policy; resolves when its tools are listed. */
	load(bytes: Uint8Array, id: string): Promise<{ id: string; sha256: string; tools: string[] }>;
	setPolicy(componentId: string, yaml: string): void;
	setEngine(engine: string): void;
	/** Through the MCP client; the MCP result as it came over the wire. */
	callTool(name: string, args: Record<string, unknown>): Promise<CallToolResult>;
	/** What an engine would say of a request under a policy text; runs no guest. Throws a `PolicyError` for a text that does not parse. */
	decide(request: AccessRequest, options: { policy: string; engine?: string }): Decision;
	/** A plain copy of the record so far. */
	activity(): ActivityEntry[];
	scenario(): Outgoing<Scenario>;
	link(): Promise<Outgoing<string>>;
	/** Source to a component; loads it nowhere. Rejects with a `BuildError`, which holds the problems. */
	build(source: ToolSource): Promise<{ bytes: Uint8Array; sha256: string; tools: string[] }>;
}

/** A source of which no component came. */
export class BuildError extends Error {
	override name = 'BuildError';

	constructor(readonly problems: readonly BuildProblem[]) {
		super(problems.map(({ line, message }) => (line ? `line ${line}: ${message}` : message)).join('\n'));
	}
}

/** A policy text that does not parse. */
export class PolicyError extends Error {
	override name = 'PolicyError';

	constructor(readonly problems: readonly Problem[]) {
		super(
			problems.map(({ line, message }) => `line ${line}: ${message}`).join('\n') ||
				'The policy does not parse.',
		);
	}
}

export interface DoorParts {
	readonly version: string;
	readonly deck: Deck;
	readonly client: () => Promise<ConsoleClient>;
	/** Opens a scenario in the deck; the error is a sentence. */
	readonly open: (scenario: Scenario) => Promise<void>;
	readonly author: () => Promise<Author>;
	/** The page's own address, without a fragment. */
	readonly address: () => string;
}

/** Largest component from a file that a link carries inside, in bytes. */
const embedUpTo = 16 * 2 ** 10;

export function createDoor({ version, deck, client, open, author, address }: DoorParts): Tapedeck {
	return {
		version,
		async open(input) {
			const { decodeLink, parseScenario } = await import('../core/scenario/read');
			const parsed =
				typeof input === 'string' && isLinkText(input) ? decodeLink(input) : parseScenario(input);
			if (!parsed.ok) throw new Error(parsed.error);
			await open(parsed.value);
		},
		async load(bytes, id) {
			const loaded = await deck.load(bytes, id, { source: { file: `${id}.wasm` }, policy: null });
			if (!loaded.ok) throw new Error(loaded.error);
			return { id, sha256: loaded.value.sha256, tools: loaded.value.tools.map(({ name }) => name) };
		},
		setPolicy(componentId, yaml) {
			if (!deck.components.some(({ id }) => id === componentId))
				throw new Error(`Component not found: ${componentId}`);
			const set = deck.setPolicy(componentId, yaml);
			if (!set.ok) throw new Error(set.error);
		},
		setEngine(engine) {
			const known = resolveEngine(engine);
			if (!known.ok) throw new Error(`Unknown engine: ${engine}`);
			deck.setEngine(engine);
		},
		async callTool(name, args) {
			const settled = await (await client()).callTool(name, args as { [name: string]: Json });
			if (settled.status === 'result') return settled.result;
			throw new Error(settled.status === 'cancelled' ? 'The call was cancelled.' : settled.message);
		},
		decide(request, { policy, engine = newestRelease }) {
			const asked = readAccessRequest(request);
			if (!asked.ok) throw new TypeError(asked.error);
			const parsed = parsePolicy(policy);
			if (!parsed.policy)
				throw new PolicyError(parsed.problems.filter(({ severity }) => severity === 'error'));
			return structuredClone(evaluate(parsed, engine, assumedWorld(), asked.value));
		},
		activity: () => structuredClone(deck.activity) as ActivityEntry[],
		scenario: () => captureScenario(deck),
		link: async () => {
			const scenario = captureScenario(deck, { embedUpTo });
			const [{ encodeLink }, { decodeLink }] = await Promise.all([
				import('../core/scenario/link'),
				import('../core/scenario/read'),
			]);
			const fragment = encodeLink(scenario);
			const back = decodeLink(fragment);
			if (!back.ok) throw new Error(`No link of this session would open. ${back.error}`);
			return phrase`${deck.outlet.text(address())}#${fragment}`;
		},
		async build(source) {
			const make = await author();
			const built = await make.build(source, { callMs: deck.limits.callMs });
			if (!built.ok) throw new BuildError(built.error);
			// Text has its types in itself.
			const known =
				source.wat === undefined
					? await make.describe(source)
					: await deck.prepare(built.value.bytes, 'tool', { source: { author: source }, policy: null });
			if (!known.ok)
				throw new BuildError([
					typeof known.error === 'string' ? { in: null, message: known.error } : known.error,
				]);
			return { ...built.value, tools: known.value.tools.map(({ name }) => name) };
		},
	};
}

const isLinkText = (text: string) => isLink(text.slice(text.indexOf('#') + 1)) && !/^\s*\{/.test(text);
