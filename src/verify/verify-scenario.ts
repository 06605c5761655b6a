import { takenWords } from '../core/flow';
import { err, type Result } from '../core/result';
import { checkPattern } from '../core/routes';
import { checkExpectations, parseScenario, type Scenario } from '../core/scenario';
import { fromBase64 } from '../core/base64';
import type { Outgoing } from '../core/outlet';
import { openScenario, type FetchSource } from '../deck/scenario';
import { runSavedCalls } from '../mcp/run-saved-calls';
import type { StepResult } from '../mcp/saved-call';
import type { PageParts } from '../page/page-parts';
import { binaryCall, binarySetup, type BinarySetup } from './beside-binary';

export interface VerifyOptions {
	/** Components that the caller supplies, by id, as base64: they take the place of whatever their source names. */
	readonly components?: Readonly<Record<string, string>>;
	/** Policies that take the place of the scenario's own, by component. */
	readonly policies?: Readonly<Record<string, string>>;
	/** Let granted requests that no route answers go out to the network; default false: they fail as a host that is not there. */
	readonly liveNetwork?: boolean;
	/** Leave the rest out after the first difference; default false. */
	readonly bail?: boolean;
	/** Play under this engine, whatever the scenario names. */
	readonly engine?: string;
	/**
	 * Tell what a real binary is to be given, and what the page answered to each call; default false. The world is then played as exactly as it
	 * can be, without the decoy root, so that a guest meets outside every grant what it meets beside the binary.
	 */
	readonly tellsSetup?: boolean;
}

/** One thing that a scenario expects, and whether it was so. */
export interface VerifyCheck {
	readonly kind: 'decision' | 'call';
	/** One line that names it. */
	readonly name: string;
	readonly passed: boolean;
	/** Why it failed, as a sentence; null where it passed. */
	readonly message: string | null;
	/** Milliseconds. */
	readonly duration: number;
	/** Why it could not be asked of a binary, as a sentence; it counts as neither passed nor failed. */
	readonly skipped?: string;
}

export type VerifyOutcome =
	| {
			readonly ok: true;
			readonly title: string | null;
			readonly engine: string;
			readonly checks: readonly VerifyCheck[];
			/** What was done otherwise than the scenario says. */
			readonly notes: readonly string[];
			/** Where it was asked for: what a binary is given, and the page's answers, null for a call that got none. */
			readonly told?: {
				readonly setup: BinarySetup;
				readonly answers: readonly (StepResult['observed'] | null)[];
			};
	  }
	/** It is no scenario, or one that does not open. */
	| { readonly ok: false; readonly error: string };

type Parts = Pick<PageParts, 'deck' | 'sources' | 'client' | 'now' | 'wallNow'>;

/**
 * Opens a scenario in the deck and holds it to what it expects: first its what-if rows, then its saved calls, one after the other. Settles
 * whatever the scenario is.
 */
export async function verifyScenario(
	parts: Parts,
	text: string,
	options?: VerifyOptions,
): Promise<Outgoing<VerifyOutcome>> {
	return parts.deck.outlet.json(await outcomeOf(parts, text, options));
}

async function outcomeOf(
	parts: Parts,
	text: string,
	{
		components = {},
		policies = {},
		liveNetwork = false,
		bail = false,
		engine,
		tellsSetup = false,
	}: VerifyOptions = {},
): Promise<VerifyOutcome> {
	const parsed = parseScenario(text);
	if (!parsed.ok) return { ok: false, error: parsed.error };
	const own = withPolicies(parsed.value, policies);
	const asked = engine === undefined ? own : { ...own, engine };
	const exact = tellsSetup ? { ...asked, world: { ...asked.world, decoyRoot: false } } : asked;
	const { scenario, notes } = liveNetwork ? { scenario: exact, notes: [] } : withoutLiveNetwork(exact);

	const supplied = new Map(Object.entries(components));
	const stranger = [...supplied.keys()].find((id) => !scenario.components.some((one) => one.id === id));
	if (stranger !== undefined)
		return { ok: false, error: `The scenario has no component ${stranger} that a file could stand in for.` };
	const opened = await openScenario(parts.deck, scenario, {
		fetchSource: suppliedFirst(supplied, parts.sources.fetch),
		now: parts.wallNow(),
	});
	if (!opened.ok) return { ok: false, error: opened.error };

	const calls = scenario.calls ?? [];
	const setup = tellsSetup ? binarySetup(parts.deck) : null;
	const made: BinarySetup['calls'][number][] = [];
	const answers: (StepResult['observed'] | null)[] = [];
	const checks: VerifyCheck[] = [];
	for (const { name, passed, message } of checkExpectations(scenario)) {
		checks.push({ kind: 'decision', name, passed, message, duration: 0 });
		if (bail && !passed) break;
	}
	const client = await parts.client;
	// Tools are listed again after the scenario has opened; a call before that would not know them.
	await client.refresh();
	const stop = new AbortController();
	if (bail && checks.some(({ passed }) => !passed)) stop.abort();
	await runSavedCalls(
		{ client, record: parts.deck, outlet: () => parts.deck.outlet, now: parts.now },
		calls,
		{
			signal: stop.signal,
			onStep: (_, step) => {
				answers.push(step.observed);
				made.push(binaryCall(step));
				checks.push(checkOf(step));
				if (bail && step.status !== 'passed') stop.abort();
			},
		},
	);
	const unusable = (scenario.world?.routes ?? []).flatMap(({ url }) => {
		const problem = checkPattern(url);
		return problem === null ? [] : [`The route ${url.slice(0, 200)} never matches. ${problem}`];
	});
	return {
		ok: true,
		title: scenario.title ?? null,
		engine: parts.deck.engine,
		checks,
		notes: [...notes, ...unusable],
		...(setup && { told: { setup: { ...setup, calls: made }, answers } }),
	};
}

/** The same scenario under other policies for the components that they name. */
const withPolicies = (scenario: Scenario, policies: Readonly<Record<string, string>>): Scenario => ({
	...scenario,
	components: scenario.components.map((component) => {
		const policy = Object.hasOwn(policies, component.id) ? policies[component.id] : undefined;
		return policy === undefined ? component : { ...component, policy };
	}),
});

const checkOf = ({ call, status, difference, duration }: StepResult): VerifyCheck => ({
	kind: 'call',
	name: `call ${call.tool} ${[JSON.stringify(call.arguments), ...takenWords(call)].join(', ')}`,
	passed: status === 'passed',
	message: status === 'passed' ? null : (difference?.message ?? 'The call was stopped.'),
	duration: Math.round(duration),
});

function suppliedFirst(supplied: ReadonlyMap<string, string>, others: FetchSource): FetchSource {
	return async (source, options): Promise<Result<Uint8Array, string>> => {
		const given = supplied.get(options.id);
		if (given !== undefined) return { ok: true, value: fromBase64(given) };
		if ('sample' in source || 'author' in source) return others(source, options);
		const where =
			'url' in source ? source.url : 'oci' in source ? source.oci : 'file' in source ? source.file : '';
		return err(`Nothing supplied it (${where}).`);
	};
}

/** The same scenario, answered by its routes alone: what a live host says today must not decide over a test. */
function withoutLiveNetwork(scenario: Scenario): { scenario: Scenario; notes: string[] } {
	const { network = 'live' } = scenario.world ?? {};
	if (network === 'routes') return { scenario, notes: [] };
	return {
		scenario: { ...scenario, world: { ...scenario.world, network: 'routes' } },
		notes: ['The network was not used: only routes answered. --live-network lets requests out.'],
	};
}
