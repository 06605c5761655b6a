import { limitProgram, memoryFault } from '../component/limit-program';
import type { Program } from '../component/program';
import type { HostCall } from '../core/activity';
import type { CallReport, CallSetup, HostPorts, Limits } from '../core/call';
import { memoryAdvice } from '../core/memory-advice';
import type { Confinement } from '../core/isolation';
import type { Result } from '../core/result';
import { err, ok } from '../core/result';
import { snapshotFor } from '../core/snapshot';
import { traitsOf } from '../core/policy';
import type { EngineId, Grants } from '../core/policy/types';
import { argumentsFromJson, type ArgumentManners } from '../core/wit';
import type { Tool, WitFunction } from '../core/wit/types';
import type { World } from '../core/world';
import type { DeckComponent } from './contents';
import type { DeckParts } from './deck-parts';
import { exportsOf, stillMissing, type ResolvedLink } from './links';
import { unlinkedIn, unlinkedText } from './unlinked';
import { createNetwork, type FetchLive } from './network';
import type { LiveResponses } from './live-responses';

/** What a call may have: grants, and what they are taken from. */
type Confined = Pick<Confinement, 'grants' | 'files' | 'variables'>;

/** What is to be called, and with what. */
interface Subject {
	readonly component: DeckComponent;
	readonly tool: Tool;
	readonly args: CallSetup['arguments'];
	/** The arguments as they were written, by which it is judged whether they fit; default as they are. */
	readonly judged?: CallSetup['arguments'];
}

/** A call that may start: the program and all that its sandbox gets. */
export interface PlannedCall {
	readonly program: Program;
	readonly setup: CallSetup;
}

/** Checks a call, and makes ready what its sandbox gets: no more than `confine` grants. The error says why it cannot start, in Wassette's words. */
export function planCall(
	{ component, tool, args, judged }: Subject,
	{ world, limits }: { readonly world: World; readonly limits: Limits },
	confine: () => Result<Confined, string>,
	links: readonly ResolvedLink[] = [],
): Result<PlannedCall, string> {
	if (component.unbuilt) return err(`${component.id} is not built yet. Run it once, or build it.`);
	if (tool.uncallable) return err(tool.uncallable);
	const unprovided = unprovidedText(component);
	if (unprovided !== null) return err(unprovided);
	// As in Wassette, a policy that fails every call and a memory too small to start are found before the arguments are looked at.
	const confined = confine();
	if (!confined.ok) return confined;
	const { grants, files, variables } = confined.value;
	const unlinked = unlinkedIn(component, grants.engine);
	if (unlinked.length > 0 && !component.standsIn) return err(unlinkedText(unlinked, tool.name));
	const bounded = boundedProgram(component, grants, limits);
	if (!bounded.ok) return bounded;
	const { program, memoryBytes } = bounded.value;
	if (links.length > 0 && program.mode === 'sync') return err(cannotSuspend(component.id));
	const fits = argumentsFromJson(tool.function, judged ?? args, mannersOf(tool.function, grants.engine));
	if (!fits.ok) return fits;
	return ok({
		program,
		setup: {
			function: tool.function,
			arguments: args,
			...coveredBy({ grants, files, variables }),
			surroundings: surroundingsOf(world, tool.function.entry, args),
			limits: { ...limits, memoryBytes },
			...importsOf(component, links),
		},
	});
}

/** What a component that runs for others is called with: nothing calls a function of it but those. */
const noFunction: WitFunction = { interface: null, name: '', params: [], result: null };

/** The same for a component that provides for others: it is not called by itself, and answers what they ask. */
export function planPart(
	component: DeckComponent,
	links: readonly ResolvedLink[],
	{ world, limits }: { readonly world: World; readonly limits: Limits },
	confined: Confined,
): Result<PlannedCall, string> {
	if (component.unbuilt) return err(`${component.id} is not built yet. Run it once, or build it.`);
	const unprovided = unprovidedText(component);
	if (unprovided !== null) return err(unprovided);
	const bounded = boundedProgram(component, confined.grants, limits);
	if (!bounded.ok) return bounded;
	const { program, memoryBytes } = bounded.value;
	if (program.mode === 'sync') return err(cannotSuspend(component.id));
	return ok({
		program,
		setup: {
			function: noFunction,
			arguments: {},
			...coveredBy(confined),
			surroundings: surroundingsOf(world, undefined, {}),
			limits: { ...limits, memoryBytes },
			...importsOf(component, links),
			serves: exportsOf(component),
		},
	});
}

/** What grants cover of what there is. */
function coveredBy({ grants, files, variables }: Confined) {
	const granted = new Set(grants.variables.map(({ key }) => key));
	return {
		grants,
		files: snapshotFor(files, grants),
		variables: [...variables].filter(([key]) => granted.has(key)),
	};
}

/** What answers the imports of a component that the host does not: other components, and plain values where a person said so. */
function importsOf(
	component: DeckComponent,
	links: readonly ResolvedLink[],
): Pick<CallSetup, 'standIns' | 'links'> {
	const linked = links.map(({ wanted }) => wanted);
	return {
		...(component.standsIn && {
			standIns: component.standIns.filter(({ key }) => !linked.some((link) => link.key === key)),
		}),
		...(linked.length > 0 && { links: linked }),
	};
}

const cannotSuspend = (id: string): string =>
	`${id} is linked to another component, and this browser cannot suspend WebAssembly, which it has to while that answers. Open it in a current Chrome or Edge, or export the components as one and load that: it runs here.`;

/** Why nothing of a component can be called: an import that nobody provides. Null where everything is provided. */
function unprovidedText(component: DeckComponent): string | null {
	const missing = stillMissing(component);
	if (missing.length === 0 || (component.standsIn && component.standIns.length > 0)) return null;
	return missingText(missing, component.standIns.length > 0);
}

/** A component's program with the memory that a call of it may have, and how much that is. The error says why that is too little to start. */
export function boundedProgram(
	{ program }: Pick<DeckComponent, 'program'>,
	grants: Grants,
	limits: Limits,
): Result<{ readonly program: Program; readonly memoryBytes: number }, string> {
	const policyBytes = grants.memory?.bytes ?? Infinity;
	const memoryBytes = Math.min(policyBytes, limits.memoryBytes);
	const tooSmall = grants.rules === 'release' ? memoryFault(program, policyBytes) : null;
	if (tooSmall !== null) return err(tooSmall);
	const limited = limitProgram(program, memoryBytes, memoryAdvice({ grants, limits }));
	return limited.ok ? ok({ program: limited.value, memoryBytes }) : limited;
}

/** How an engine judges the arguments of a function. What runs a command or a server has arguments of this page's own, and is not judged. */
function mannersOf({ entry }: WitFunction, engine: EngineId): ArgumentManners {
	const { exactArguments, sortedKeys, exponents } = traitsOf(engine);
	return { exact: exactArguments && !entry, sortedKeys, exponents };
}

/** What a call meets outside its sandbox. */
export interface CallStage extends Pick<DeckParts, 'run' | 'wait'> {
	/** What answers requests before the live network does. */
	readonly world: Pick<World, 'routes' | 'network'>;
	readonly fetchLive: FetchLive;
	/** Records a host call by who established it; gives the id of its entry, where a record is kept. */
	readonly record: (source: 'page' | 'sandbox', call: HostCall) => number | undefined;
	readonly output: HostPorts['output'];
	readonly piece?: HostPorts['piece'];
	/** Has components that are linked to it answer. */
	readonly links?: Pick<HostPorts, 'cross' | 'dropped'>;
	/** Keeps live responses by the id of their entry; none are kept without it. */
	readonly responses?: Pick<LiveResponses, 'watch'>;
	/** Milliseconds since the call started. */
	readonly elapsed: () => number;
	readonly signal?: AbortSignal;
}

/** Plays a planned call in a sandbox of its own; the page decides on its requests. Settles whatever happens. */
export function playCall({ program, setup }: PlannedCall, stage: CallStage): Promise<CallReport> {
	const { world, fetchLive, record, output, piece, links, responses, elapsed, wait, signal } = stage;
	return stage.run(
		program,
		setup,
		{
			record: (call) => record('sandbox', call),
			output,
			piece,
			...links,
			request: createNetwork({
				grants: setup.grants,
				world,
				fetchLive,
				record: (call) => record('page', call),
				responses,
				elapsed,
				wait,
			}),
		},
		{ signal },
	);
}

/** Why a component whose imports nobody provides cannot be called, in Wassette's words and then in ours: nothing of it can be called there either. */
const missingText = (missing: readonly string[], canStandIn: boolean): string =>
	`component imports ${missing.map((name) => `\`${name}\``).join(', ')}, but a matching implementation was not found: nothing here provides ${missing.length === 1 ? 'it' : 'them'}. ${canStandIn ? 'Stand-ins with plain default answers can be switched on beside the component in the list.' : 'Rebuild it with current tools: nothing asynchronous of a draft can be stood in for.'} Or load a component that exports ${missing.length === 1 ? 'it' : 'them'}, and link the two.`;

/**
 * What a call finds around it in a world, beside files, variables and the network. A call of a command may bring its own arguments and
 * input.
 */
function surroundingsOf(
	world: World,
	entry: WitFunction['entry'],
	args: CallSetup['arguments'],
): CallSetup['surroundings'] {
	const isCommand = entry === 'command';
	return {
		arguments: isCommand && Array.isArray(args.arguments) ? (args.arguments as string[]) : world.arguments,
		clock: world.clock === 'live' ? 'live' : { startNs: BigInt(Date.parse(world.clock.start)) * 1_000_000n },
		random: world.random,
		decoyRoot: world.decoyRoot,
		stdin: new TextEncoder().encode(isCommand && typeof args.stdin === 'string' ? args.stdin : ''),
	};
}
