import { namesIn } from '../names-in';
import { defaultLimits, type Limits } from '../call';
import { inNumber } from '../in-number';
import { newestRelease, resolveEngine } from '../policy';
import { stepsOf, takenWords } from '../flow';
import { viewOf } from '../world-view';
import { expectedWords } from './expected-words';
import { localHostsOf } from './local-hosts';
import type { Scenario } from './schema';
import { summarizePolicy, type PolicySummary } from './policy-summary';
import { worldOf } from './world';

type ScenarioComponent = Scenario['components'][number];

export interface ComponentSummary {
	readonly id: string;
	/** Where its bytes are, in words. */
	readonly from: string;
	/** The address that is fetched on opening; null where nothing leaves this page. */
	readonly address: string | null;
	/** Null where the scenario pins no digest: what comes is then taken as it is. */
	readonly sha256: string | null;
	/** Bytes; null where that is not known before it is fetched. */
	readonly size: number | null;
	/** The person at the page has to supply the file of this name; null where not. */
	readonly supply: string | null;
	/** What it is built from when it is first called; null where it is a binary. */
	readonly author: {
		readonly wit: string;
		readonly text: string;
		readonly language: 'JavaScript' | 'WebAssembly text';
	} | null;
	readonly policy: PolicySummary;
	/** Imports that nobody provides get plain default answers. */
	readonly standIns: boolean;
	/** Imports that other components of the scenario provide. */
	readonly links: readonly { readonly imported: string; readonly provider: string }[];
}

/** All that a person should know before opening a scenario. Texts are as the scenario has them, and not yet fit to be shown as they are. */
export interface ScenarioSummary {
	readonly title: string;
	readonly description: string;
	readonly engine: string;
	readonly engineKnown: boolean;
	readonly components: readonly ComponentSummary[];
	/** Names of the variables whose values the scenario leaves to its reader. */
	readonly secrets: readonly string[];
	/** The world in a few sentences. */
	readonly world: readonly string[];
	readonly calls: readonly { readonly tool: string; readonly arguments: string; readonly expected: string }[];
	/** Flows that it offers as tools, with the tools of their steps in order. */
	readonly flows: readonly {
		readonly name: string;
		readonly description: string;
		readonly tools: readonly string[];
	}[];
	/** What-if rows. */
	readonly expectations: number;
	/** It says of some call or decision what becomes of it, which is its author's word until it is verified. */
	readonly claims: boolean;
	/** Limits that differ from the defaults, in words. */
	readonly limits: readonly string[];
	/** Hosts on the reader's own machine or network that opening reaches or grants: they need a word of their own. */
	readonly local: readonly string[];
}

/** Looks at a scenario without fetching, compiling or running anything of it. */
export function summarize(scenario: Scenario): ScenarioSummary {
	const engine = scenario.engine ?? newestRelease;
	return {
		title: scenario.title ?? '',
		description: scenario.description ?? '',
		engine,
		engineKnown: resolveEngine(engine).ok,
		components: scenario.components.map((component) => summarizeComponent(component, engine, scenario.world)),
		secrets: Object.entries(scenario.world?.variables ?? {}).flatMap(([key, value]) =>
			typeof value === 'string' ? [] : [key],
		),
		world: worldWords(scenario.world ?? {}),
		calls: (scenario.calls ?? []).map((call) => ({
			tool: call.tool,
			arguments: [
				JSON.stringify(call.arguments, (_, value) =>
					typeof value === 'bigint' ? String(value) : (value as unknown),
				),
				...takenWords(call),
			].join(', '),
			expected: expectedWords(call.expect),
		})),
		flows: (scenario.flows ?? []).map((flow) => ({
			name: flow.name,
			description: flow.description ?? '',
			tools: stepsOf(flow, scenario.calls ?? []).map(({ call }) => call.tool),
		})),
		expectations: scenario.expectations?.length ?? 0,
		claims:
			(scenario.expectations?.length ?? 0) > 0 ||
			(scenario.calls ?? []).some(({ expect }) => expect !== undefined),
		limits: limitWords(scenario.limits ?? {}),
		local: localHostsOf(scenario),
	};
}

function summarizeComponent(
	{ id, source, sha256, policy, standIns, links }: ScenarioComponent,
	engine: string,
	world: Scenario['world'],
): ComponentSummary {
	return {
		id,
		...placeOf(source),
		sha256: sha256 ?? null,
		size: 'bytes' in source ? Math.floor((source.bytes.length * 3) / 4) : null,
		author: authored(source),
		policy: summarizePolicy(policy, engine, viewOf(worldOf(world ?? {}))),
		standIns: standIns ?? false,
		links: Object.entries(links ?? {}).map(([imported, provider]) => ({ imported, provider })),
	};
}

function placeOf(source: ScenarioComponent['source']): Pick<ComponentSummary, 'from' | 'address' | 'supply'> {
	const nothing = { address: null, supply: null };
	if ('sample' in source) return { ...nothing, from: `the sample ${source.sample} of this site` };
	if ('url' in source) return { ...nothing, from: source.url, address: source.url };
	if ('oci' in source) return { ...nothing, from: source.oci, address: source.oci };
	if ('bytes' in source) return { ...nothing, from: 'inside the scenario' };
	if ('author' in source) return { ...nothing, from: 'its source, inside the scenario' };
	return { ...nothing, from: `the file ${source.file}, which you supply`, supply: source.file };
}

function authored(source: ScenarioComponent['source']): ComponentSummary['author'] {
	if (!('author' in source)) return null;
	const { wit, js, wat } = source.author;
	return js !== undefined
		? { wit, text: js, language: 'JavaScript' }
		: { wit, text: wat ?? '', language: 'WebAssembly text' };
}

const modeWords = {
	live: 'Requests that the policy allows go out from your browser.',
	'routes-then-live': 'Routes answer first; other requests that the policy allows go out from your browser.',
	routes: 'No request leaves this page: only routes answer.',
} as const;

function worldWords(world: NonNullable<Scenario['world']>): readonly string[] {
	const files = Object.keys(world.files ?? {}).length;
	const variables = Object.keys(world.variables ?? {}).length;
	const routes = world.routes?.length ?? 0;
	return [
		`${inNumber(files, 'file')}, ${inNumber(variables, 'variable')}, ${inNumber(routes, 'route')}.`,
		modeWords[world.network ?? 'live'],
		world.clock && world.clock !== 'live'
			? `The clock starts at ${world.clock.start}.`
			: 'The clock is live.',
		world.random && world.random !== 'live' ? 'Random numbers repeat.' : 'Random numbers are live.',
	];
}

const limitNames: { readonly [name in keyof Limits]: readonly [words: string, unit: string] } = {
	callMs: ['time of a call', 'ms'],
	memoryBytes: ['memory', 'bytes'],
	outputBytes: ['output', 'bytes'],
	requests: ['requests', ''],
	responseBytes: ['responses', 'bytes'],
	fileBytes: ['files', 'bytes'],
};

function limitWords(limits: NonNullable<Scenario['limits']>): readonly string[] {
	return namesIn(limitNames).flatMap((name) => {
		const value = limits[name];
		if (value === undefined || value === defaultLimits[name]) return [];
		const [words, unit] = limitNames[name];
		const capped = Math.min(value, defaultLimits[name]).toLocaleString('en');
		const note = value > defaultLimits[name] ? ' (it asks for more; only you can raise it)' : '';
		return [`${words}: at most ${capped} ${unit}`.trimEnd() + note];
	});
}
