import type { HostCall, ToolCallEntry } from '../core/activity';
import type { CallOutcome, CallReport, CallSetup, HostPorts, Limits } from '../core/call';
import { defaultLimits } from '../core/call';
import { applyChanges } from '../core/apply-changes';
import { printJson } from '../core/json';
import type { Outlet } from '../core/outlet';
import { compile, createGate, newestRelease, type Grants, type PolicyFailure } from '../core/policy';
import type { Result } from '../core/result';
import { err, ok } from '../core/result';
import { snapshotFor } from '../core/snapshot';
import { argumentsFromJson } from '../core/wit';
import type { Tool, WitFunction } from '../core/wit/types';
import { emptyWorld, type World } from '../core/world';
import { viewOf } from '../core/world-view';
import type { LoadedComponent, LoadStep, Program } from '../component/program';
import { limitProgram } from '../component/limit-program';
import { ActivityLog, type CallHeader } from './activity-log';
import type { CallOptions, CallRefusal, Deck, DeckComponent, LoadOptions, Notes } from './deck';
import { KnownSecrets } from './known-secrets';
import { createNetwork, type FetchLive } from './network';
import { SeenResponses } from './seen-responses';
import { Recorder } from './recording';

/** What a deck is made of; `main.ts` joins them. */
export interface DeckParts {
	/** Bytes to everything known of a component, save its id. The error says what the bytes are and what to do. */
	readonly loadComponent: (
		bytes: Uint8Array,
		options: { onStep?: (step: LoadStep, detail?: string) => void; signal?: AbortSignal },
	) => Promise<Result<Omit<LoadedComponent, 'id'>, string>>;
	/** Runs one call in a sandbox of its own; settles whatever happens. */
	readonly run: (
		program: Program,
		setup: CallSetup,
		ports: Pick<HostPorts, 'record' | 'output' | 'request'>,
		options: { signal?: AbortSignal },
	) => Promise<CallReport>;
	readonly fetchLive: FetchLive;
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
	/** Milliseconds since the epoch. */
	readonly wallNow: () => number;
	/** Told when a call starts (`outcome` is null then), and how it ended. */
	readonly watchCall?: (call: {
		readonly tool: string;
		readonly outcome: CallOutcome | 'replaced' | null;
	}) => void;
	/** Runs a task soon, at most once per frame. */
	readonly schedule: (task: () => void) => void;
	readonly wait: (milliseconds: number) => Promise<void>;
}

type Compiled = Result<Grants, PolicyFailure>;

export function createDeck(parts: DeckParts): Deck {
	const started = parts.now();
	const listeners = new Set<() => void>();
	const toolListeners = new Set<() => void>();
	const announce = () => listeners.forEach((listener) => listener());
	const log = new ActivityLog(announce, parts.schedule);
	const seen = new SeenResponses();
	const secrets = new KnownSecrets();

	let components: readonly DeckComponent[] = [];
	let engine = newestRelease;
	let world: World = emptyWorld;
	let limits: Limits = defaultLimits;
	let notes: Notes = {};
	const running = new Set<AbortController>();
	const recorder = new Recorder();
	const fetchLive = recorder.retaining(parts.fetchLive);
	let revision = 1;
	let lastCallId = 0;
	const compiled = new WeakMap<DeckComponent, Compiled>();

	function announceTools(): void {
		recorder.restart();
		announce();
		toolListeners.forEach((listener) => listener());
	}

	async function prepare(
		bytes: Uint8Array,
		id: string,
		options: LoadOptions,
	): Promise<Result<DeckComponent, string>> {
		const { source, policy, provisional, onStep, signal } = options;
		const loaded = await parts.loadComponent(bytes, { onStep, signal });
		return loaded.ok
			? ok({ ...loaded.value, id, source, bytes, policy, provisional, revision: ++revision })
			: loaded;
	}

	/** Gives every component a new revision: what its policy means may have changed. */
	function revise(changed: (component: DeckComponent) => DeckComponent): void {
		revision += 1;
		recorder.restart();
		components = components.map((component) => {
			const next = changed(component);
			return next === component ? component : { ...next, revision };
		});
		announce();
	}

	function grantsOf(component: DeckComponent): Compiled {
		let result = compiled.get(component);
		if (!result) {
			result = compile(component.policy, engine, viewOf(world));
			compiled.set(component, result);
		}
		return result;
	}

	function find(name: string): Result<{ component: DeckComponent; tool: Tool }, string> {
		const found = components.flatMap((component) =>
			component.tools.filter((tool) => tool.name === name).map((tool) => ({ component, tool })),
		);
		const [first, second] = found;
		if (!first) return err(`Failed to find component for tool '${name}': Tool not found`);
		if (second) {
			const ids = found.map(({ component }) => component.id).join(', ');
			return err(
				`Failed to find component for tool '${name}': Multiple components found for tool '${name}': ${ids}`,
			);
		}
		return ok(first);
	}

	/** The world changes, not what a policy says of it: revisions stand, compiled grants do not. */
	function putFiles(files: World['files']): void {
		world = { ...world, files };
		for (const component of components) compiled.delete(component);
	}

	/** Keeps the file changes that the policy allows; the others are recorded as what they are. */
	function keepChanges(
		grants: Grants,
		report: CallReport,
		record: (call: HostCall) => void,
		at: number,
	): void {
		if (report.changes.length === 0) return;
		const gate = createGate(grants, () => {});
		const { tree, rejected } = applyChanges(
			world.files,
			report.changes,
			(access, path) => gate({ kind: 'storage', access, path }).ok,
		);
		for (const change of rejected) {
			record({
				capability: 'storage',
				operation: `keep ${change.kind}`,
				target: change.kind === 'move' ? change.to : change.path,
				access: 'write',
				outcome: 'deny',
				rule: null,
				reason: 'forged',
				at,
			});
		}
		putFiles(tree);
	}

	async function call(
		name: string,
		args: CallSetup['arguments'],
		options: CallOptions = {},
	): Promise<Result<CallReport & { callId: number }, CallRefusal>> {
		const found = find(name);
		if (!found.ok) return err({ message: found.error });
		const { component, tool } = found.value;

		const callId = ++lastCallId;
		const header: CallHeader = {
			callId,
			tool: name,
			component: component.id,
			engine,
			revision: component.revision,
		};
		const startedAt = parts.now();
		const elapsed = () => parts.now() - startedAt;
		const entry = log.startCall(header, args, startedAt - started);
		options.onStart?.(callId);
		const recordEnd = recorder.begin({ callId, tool: name, arguments: args }, world.files, parts.wallNow());
		const refuse = (message: string): Result<never, CallRefusal> => {
			recordEnd('refused');
			log.endCall(entry, { status: 'error', summary: short(message, secrets.outlet), duration: elapsed() });
			return err({ message });
		};

		if (tool.uncallable) return refuse(tool.uncallable);
		if (component.missing.length > 0 && !component.standsIn) return refuse(missingText(component.missing));
		const fits = argumentsFromJson(tool.function, args);
		if (!fits.ok) return refuse(fits.error);
		const compiledNow = grantsOf(component);
		if (!compiledNow.ok) return refuse(compiledNow.error.message);
		const grants = compiledNow.value;
		const memoryBytes = Math.min(grants.memory?.bytes ?? Infinity, limits.memoryBytes);
		const callLimits = { ...limits, memoryBytes };
		const limited = limitProgram(component.program, memoryBytes);
		if (!limited.ok) return refuse(limited.error);

		const callWorld = world;
		const granted = new Set(grants.variables.map(({ key }) => key));
		const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
		let withheldShown = false;
		const stop = new AbortController();
		running.add(stop);
		const record =
			(source: 'page' | 'sandbox') =>
			(made: HostCall): number => {
				if (stop.signal.aborted) return 0;
				if (made.capability === 'environment' && made.operation === 'get-environment' && !withheldShown) {
					withheldShown = true;
					for (const key of callWorld.variables.keys()) {
						if (granted.has(key)) continue;
						const reason = grants.closed?.reason ?? 'no-rule';
						log.hostCall(header, { ...made, target: key, outcome: 'deny', rule: null, reason }, 'page');
					}
					if (made.target === '') return 0;
				}
				return log.hostCall(header, made, source);
			};

		parts.watchCall?.({ tool: name, outcome: null });
		const report = await parts.run(
			limited.value,
			{
				function: tool.function,
				arguments: args,
				grants,
				files: snapshotFor(callWorld.files, grants),
				variables: [...callWorld.variables].flatMap(([key, { value }]) =>
					granted.has(key) ? [[key, value] as const] : [],
				),
				surroundings: surroundingsOf(callWorld, tool.function.entry, args),
				limits: callLimits,
				standIns: component.standsIn ? component.standIns : undefined,
			},
			{
				record: record('sandbox'),
				output: (stream, bytes) => {
					const text = decoders[stream].decode(bytes, { stream: true });
					if (!text || stop.signal.aborted) return;
					log.output(header, stream, text, elapsed());
					options.onOutput?.(stream, text);
				},
				request: createNetwork({
					grants,
					world: callWorld,
					fetchLive,
					record: record('page'),
					recordings: seen,
					elapsed,
					wait: parts.wait,
				}),
			},
			{ signal: options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal },
		);
		running.delete(stop);
		parts.watchCall?.({ tool: name, outcome: stop.signal.aborted ? 'replaced' : report.outcome });
		// Its session was replaced while it ran: what it wrote belongs to a world that is gone.
		if (stop.signal.aborted) return ok({ ...report, callId });

		keepChanges(grants, report, record('page'), elapsed());
		recordEnd(report.outcome);
		// It tells the listeners a little later: who asked for the call has its result first.
		log.endCall(entry, {
			...endOf(report.outcome, secrets.outlet),
			duration: elapsed(),
			times: report.times,
		});
		return ok({ ...report, callId });
	}

	return {
		get components() {
			return components;
		},
		get engine() {
			return engine;
		},
		get world() {
			return world;
		},
		get limits() {
			return limits;
		},
		get notes() {
			return notes;
		},
		get outlet() {
			return secrets.outlet;
		},
		get activity() {
			return log.entries;
		},
		get recording() {
			return recorder.recording;
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		onToolsChanged(listener) {
			toolListeners.add(listener);
			return () => toolListeners.delete(listener);
		},
		async load(bytes, id, options) {
			const prepared = await prepare(bytes, id, options);
			if (!prepared.ok) return prepared;
			const component = prepared.value;
			const others = components.filter((other) => !other.provisional || other.id === id);
			const at = others.findIndex((other) => other.id === id);
			components = at < 0 ? [...others, component] : others.with(at, component);
			announceTools();
			return prepared;
		},
		prepare,
		replace(contents) {
			for (const call of running) call.abort();
			recorder.clear();
			secrets.follow(world.variables, contents.world.variables);
			({ components, engine, world, limits, notes } = contents);
			// A session that comes back keeps its revisions: what its record says still holds.
			if (!contents.activity) revise((component) => ({ ...component }));
			log.replace(contents.activity ?? []);
			seen.clear();
			announceTools();
		},
		unload(id) {
			const kept = components.filter((component) => component.id !== id);
			if (kept.length === components.length) return false;
			components = kept;
			announceTools();
			return true;
		},
		setPolicy(id, policy) {
			revise((component) =>
				component.id === id && component.policy !== policy
					? { ...component, policy, provisional: false }
					: component,
			);
		},
		setStandIns(id, standsIn) {
			revise((component) =>
				component.id === id && (component.standsIn ?? false) !== standsIn
					? { ...component, standsIn }
					: component,
			);
		},
		setEngine(next) {
			if (next === engine) return;
			engine = next;
			revise((component) => ({ ...component }));
			announceTools();
		},
		setWorld(next) {
			secrets.follow(world.variables, next.variables);
			world = next;
			revise((component) => ({ ...component }));
		},
		setFiles(files) {
			putFiles(files);
			announce();
		},
		setLimits(next) {
			limits = next;
			recorder.restart();
			announce();
		},
		setNotes(next) {
			notes = next;
			announce();
		},
		clearActivity() {
			log.clear();
			seen.clear();
		},
		recordingOf: (entryId) => seen.of(entryId),
		find,
		call,
	};
}

/** Wassette fails here too: nothing can be called of a component whose imports are not all there. */
/** Why a component whose imports nobody provides cannot be called, in Wassette's words and then in ours. */
export const missingText = (missing: readonly string[]): string =>
	`component imports ${missing.map((name) => `\`${name}\``).join(', ')}, but a matching implementation was not found: nothing here provides ${missing.length === 1 ? 'it' : 'them'}. Stand-ins with plain default answers can be switched on beside the component in the list.`;

/**
 * What a call finds around it in a world, beside files, variables and the network. A call of a command may bring its own arguments and
 * input.
 */
export function surroundingsOf(
	world: World,
	entry?: WitFunction['entry'],
	args: CallSetup['arguments'] = {},
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

const summaryLength = 200;

/** The first words of a text. What is cut no longer shows that it is part of a secret, so secrets are hidden before. */
const short = (text: string, outlet: Outlet) => outlet.text(text).slice(0, summaryLength);

/** How a call ended, in the few words that its row shows. */
function endOf(outcome: CallOutcome, outlet: Outlet): Pick<ToolCallEntry, 'status' | 'summary'> {
	switch (outcome.status) {
		case 'returned':
			return {
				status: outcome.isErr ? 'err' : 'result',
				summary: short(typeof outcome.json === 'string' ? outcome.json : printJson(outcome.json), outlet),
			};
		case 'exited':
			return { status: outcome.code === 0 ? 'result' : 'error', summary: `exited with code ${outcome.code}` };
		case 'stopped':
			return { status: 'stopped', summary: 'stopped' };
		case 'limited':
			return { status: 'stopped', summary: short(outcome.message, outlet) };
		case 'trapped':
		case 'failed':
			return { status: 'error', summary: short(outcome.message, outlet) };
	}
}
