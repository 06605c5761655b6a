import type { HostCall, ToolCallEntry } from '../core/activity';
import type { CallOutcome, CallReport, CallSetup, Limits } from '../core/call';
import type { Outlet } from '../core/outlet';
import type { Grants, PolicyFailure } from '../core/policy';
import { err, ok, type Result } from '../core/result';
import type { FileTree } from '../core/files';
import type { EngineId } from '../core/policy/types';
import type { World } from '../core/world';
import { createSlices } from '../sandbox/slices';
import type { ActivityLog, CallHeader } from './activity-log';
import type { DeckComponent } from './contents';
import type { CallOptions, CallRefusal } from './deck';
import type { DeckParts } from './deck-parts';
import { endOf } from './end-of-call';
import { keepChanges } from './keep-changes';
import { LinkedCall, type LinkedStage } from './linked-call';
import { resolvedLinks } from './links';
import { CallRows } from './call-rows';
import { createNetwork } from './network';
import { planCall, planPart, playCall, type CallStage, type PlannedCall } from './play-call';
import { unlinkedIn } from './unlinked';
import type { CallRecorder } from './recording';
import type { LiveResponses } from './live-responses';
import type { FoundTool } from './shelf';

/** What a call needs of the session that it is made in. */
export interface CallSession {
	readonly parts: Pick<DeckParts, 'run' | 'serve' | 'fetchLive' | 'now' | 'wallNow' | 'wait' | 'watchCall'>;
	/** Those of the session as the call began. */
	readonly components: readonly DeckComponent[];
	readonly log: ActivityLog;
	readonly responses: LiveResponses;
	readonly recorder: CallRecorder;
	readonly engine: EngineId;
	readonly world: World;
	readonly outlet: Outlet;
	readonly limits: Limits;
	/** When the session began, on the clock of `parts.now`. */
	readonly started: number;
	readonly grantsOf: (component: DeckComponent) => Result<Grants, PolicyFailure>;
	/** Puts files that a call changed in the place of the world's. */
	readonly putFiles: (files: FileTree) => void;
	/** Calls in flight; aborting one says that its session was replaced. */
	readonly running: Set<AbortController>;
}

/** What one of the components of a call did to files, and what it was granted. */
interface Changed {
	readonly component: DeckComponent;
	readonly grants: Grants;
	readonly changes: CallReport['changes'];
}

/** What a call ended with, and its id in the record; or why it did not even start. */
export type CallEnd = Result<CallReport & { readonly callId: number }, CallRefusal>;

/** One call of a session, from its row in the record to what it leaves behind. */
export class SessionCall {
	readonly #session: CallSession;
	readonly #found: FoundTool;
	readonly #args: CallSetup['arguments'];
	readonly #options: CallOptions;
	readonly #header: CallHeader;
	/** The world as it was when the call began: an edit never changes a call in flight. */
	readonly #world: World;
	readonly #startedAt: number;
	readonly #rows: CallRows;
	readonly #entry: ToolCallEntry;
	readonly #recordEnd: (outcome: CallOutcome | 'refused') => void;
	readonly #replaced = new AbortController();
	/** Makes ready what a component that provides for this one gets. */
	#plan: LinkedStage['plan'] = () => err('The call has not begun.');

	/** Begins the call's row. */
	constructor(
		session: CallSession,
		found: FoundTool,
		args: CallSetup['arguments'],
		options: CallOptions & { readonly callId: number },
	) {
		const { callId } = options;
		const { parts, engine, world, recorder } = session;
		const { component, tool } = found;
		this.#session = session;
		this.#found = found;
		this.#args = args;
		this.#options = options;
		this.#world = world;
		const { revision } = component;
		this.#header = { callId, tool: tool.name, component: component.id, engine, revision };
		this.#startedAt = parts.now();
		this.#entry = session.log.startCall(this.#header, args, this.#startedAt - session.started, {
			...(component.standsIn && unlinkedIn(component, engine).length > 0 && { notLoadedThere: true }),
			...(options.by && { by: options.by }),
		});
		this.#rows = new CallRows({
			...{ log: session.log, header: this.#header, world },
			elapsed: this.#elapsed,
			isOver: () => this.#replaced.signal.aborted,
			...(options.onOutput && { onOutput: options.onOutput }),
		});
		options.onStart?.(callId);
		const call = { callId, tool: tool.name, arguments: args };
		this.#recordEnd = recorder.begin(call, world.files, parts.wallNow());
	}

	/** Runs the call under its component's policy as it is now. */
	async run(): Promise<CallEnd> {
		const { parts, limits, grantsOf } = this.#session;
		const world = this.#world;
		const variables = new Map([...world.variables].map(([key, { value }]) => [key, value]));
		const { judged } = this.#options;
		const subject = { ...this.#found, args: this.#args, ...(judged && { judged }) };
		const { component } = this.#found;
		const links = this.#linksOf(component);
		if (!links.ok) return this.#refuse(links.error);
		const { serve } = parts;
		if (links.value.length > 0 && !serve) return this.#refuse('Linked components do not run here.');
		const confine = (of: DeckComponent) => {
			const grants = grantsOf(of);
			return grants.ok
				? ok({ grants: grants.value, files: world.files, variables })
				: err(grants.error.message);
		};
		const planned = planCall(subject, { world, limits }, () => confine(component), links.value);
		if (!planned.ok) return this.#refuse(planned.error);
		this.#plan = (part, links) => {
			const confined = confine(part);
			return confined.ok ? planPart(part, links, { world, limits }, confined.value) : confined;
		};

		const tool = this.#header.tool;
		this.#session.running.add(this.#replaced);
		const marked = parts.watchCall?.({ tool, outcome: null });
		if (marked) await marked;
		const linked = links.value.length > 0 && serve ? this.#linked(serve) : null;
		const report = await this.#play(planned.value, linked?.portsOf(component, links.value));
		// A call that did not end by itself takes those that worked for it with it.
		if (report.outcome.status === 'stopped' || report.outcome.status === 'limited') linked?.stop();
		const ended = (await linked?.end()) ?? [];
		const isReplaced = this.#replaced.signal.aborted;
		const told = parts.watchCall?.({ tool, outcome: isReplaced ? 'replaced' : report.outcome });
		if (report.outcome.status !== 'returned') await told;
		// What it wrote belongs to a world that is gone.
		if (!isReplaced)
			await this.#endWhatever(report, [
				...ended.map((part) => ({ ...part, changes: part.report.changes })),
				{ component, grants: planned.value.setup.grants, changes: report.changes },
			]);
		this.#session.running.delete(this.#replaced);
		return ok({ ...report, callId: this.#header.callId });
	}

	#elapsed = () => this.#session.parts.now() - this.#startedAt;

	#refuse(message: string): CallEnd {
		this.#recordEnd('refused');
		this.#session.log.endCall(this.#entry, {
			status: 'error',
			end: 'refused',
			summary: this.#session.outlet.text(message),
			duration: this.#elapsed(),
		});
		return err({ message });
	}

	#linksOf = (component: DeckComponent) => resolvedLinks(component, this.#session.components);

	/** The components that provide for the one that is called. Each has a gate of its own, and rows of its own. */
	#linked(serve: LinkedStage['serve']): LinkedCall {
		const { signal } = this.#options;
		const replaced = this.#replaced.signal;
		return new LinkedCall({
			serve,
			plan: this.#plan,
			linksOf: this.#linksOf,
			ports: (component, grants) => this.#portsOf(component, grants),
			record: (caller, call) => void this.#rows.hostCall('page', call, caller),
			elapsed: this.#elapsed,
			signal: signal ? AbortSignal.any([signal, replaced]) : replaced,
		});
	}

	/** What a component that provides for the one that is called is joined to. */
	#portsOf(component: DeckComponent, grants: Grants) {
		const { parts, responses } = this.#session;
		const output = this.#rows.output(component);
		return {
			record: (call: HostCall) => void this.#rows.asked('sandbox', call, grants, component),
			output: output.write,
			request: createNetwork({
				grants,
				world: this.#world,
				fetchLive: parts.fetchLive,
				record: (call) => this.#rows.asked('page', call, grants, component),
				responses,
				elapsed: this.#elapsed,
				wait: parts.wait,
			}),
		};
	}

	async #play(planned: PlannedCall, links: CallStage['links']): Promise<CallReport> {
		const { parts, responses } = this.#session;
		const { signal } = this.#options;
		const replaced = this.#replaced.signal;
		const output = this.#rows.output(this.#found.component);
		const report = await playCall(planned, {
			...(links && { links }),
			run: parts.run,
			wait: parts.wait,
			world: this.#world,
			fetchLive: parts.fetchLive,
			record: (source, call) => this.#rows.asked(source, call, planned.setup.grants, this.#found.component),
			output: output.write,
			piece: (piece) => {
				if (!replaced.aborted) this.#options.onPiece?.(piece);
			},
			responses,
			elapsed: this.#elapsed,
			signal: signal ? AbortSignal.any([signal, replaced]) : replaced,
		});
		output.end();
		return report;
	}

	/** Ends the row, also where what the call left behind cannot be taken. */
	async #endWhatever(report: CallReport, changed: readonly Changed[]): Promise<void> {
		try {
			await this.#end(report, changed);
		} catch (error) {
			const summary = `The end of this call could not be recorded: ${error instanceof Error ? error.message : String(error)}`;
			this.#session.log.endCall(this.#entry, { status: 'error', summary, duration: this.#elapsed() });
		}
	}

	async #end(report: CallReport, changed: readonly Changed[]): Promise<void> {
		const { log, parts, putFiles } = this.#session;
		const isReplaced = () => this.#replaced.signal.aborted;
		for (const { component, grants, changes } of changed) {
			if (changes.length === 0) continue;
			await keepChanges(changes, grants, {
				files: () => (isReplaced() ? null : this.#session.world.files),
				put: putFiles,
				record: (call) => this.#rows.asked('page', call, grants, component),
				at: this.#elapsed(),
				slices: createSlices(parts.now),
			});
		}
		if (isReplaced()) return;
		this.#recordEnd(report.outcome);
		// It tells the listeners a little later: who asked for the call has its result first.
		log.endCall(this.#entry, {
			...endOf(report.outcome, this.#session.outlet),
			duration: this.#elapsed(),
			times: report.times,
		});
	}
}
