import type { HostCall } from '../core/activity';
import type { CallReport, HostPorts } from '../core/call';
import { checkCrossing, CrossingError, HandleTable, type CrossAnswer, type Crossing } from '../core/link';
import type { Grants } from '../core/policy/types';
import type { Result } from '../core/result';
import type { DeckComponent } from './contents';
import type { DeckParts } from './deck-parts';
import { exportsOf, type ResolvedLink } from './links';
import type { PlannedCall } from './play-call';

/** What is needed of the call that parts work for. */
export interface LinkedStage {
	readonly serve: NonNullable<DeckParts['serve']>;
	/** Makes ready what a part gets: no more than its own policy grants. The error says why it cannot start. */
	readonly plan: (component: DeckComponent, links: readonly ResolvedLink[]) => Result<PlannedCall, string>;
	readonly linksOf: (component: DeckComponent) => Result<readonly ResolvedLink[], string>;
	/** What a part's sandbox is joined to: its own gate, its own rows. */
	readonly ports: (
		component: DeckComponent,
		grants: Grants,
	) => Pick<HostPorts, 'record' | 'output' | 'request'>;
	/** Records a crossing, in the rows of the component that called. */
	readonly record: (caller: DeckComponent, call: HostCall) => void;
	/** Milliseconds since the call started. */
	readonly elapsed: () => number;
	readonly signal: AbortSignal;
}

/** How a part ended, and what it was granted. */
export interface EndedPart {
	readonly component: DeckComponent;
	readonly grants: Grants;
	readonly report: CallReport;
}

interface Part {
	readonly component: DeckComponent;
	readonly grants: Grants;
	readonly links: readonly ResolvedLink[];
	readonly served: ReturnType<NonNullable<DeckParts['serve']>>;
}

/**
 * The components that provide for the one that is called, each in a sandbox of its own under its own policy, started when it is first asked. The
 * page stands between them: what crosses is held against its type, and a component reaches of another what that exports, and nothing else.
 */
export class LinkedCall {
	readonly #stage: LinkedStage;
	readonly #handles = new HandleTable();
	readonly #parts = new Map<string, Result<Part, string>>();
	readonly #stop = new AbortController();

	constructor(stage: LinkedStage) {
		this.#stage = stage;
		stage.signal.addEventListener('abort', () => this.#stop.abort(), { once: true });
		if (stage.signal.aborted) this.#stop.abort();
	}

	/** What a component's sandbox is joined to where others provide for it. */
	portsOf(component: DeckComponent, links: readonly ResolvedLink[]): Pick<HostPorts, 'cross' | 'dropped'> {
		return {
			cross: (crossing) => this.#cross(component, links, crossing),
			dropped: (resource) => {
				const owned = this.#handles.drop(component.id, resource);
				const part = owned && this.#parts.get(owned.owner);
				if (owned && part?.ok) part.value.served.release(owned.number);
			},
		};
	}

	/** Lets every part end, the last one that started first, and gives what each did. */
	async end(): Promise<readonly EndedPart[]> {
		const parts = [...this.#parts.values()].flatMap((part) => (part.ok ? [part.value] : []));
		for (const { served } of parts) served.end();
		return Promise.all(
			parts.map(async ({ component, grants, served }) => ({
				component,
				grants,
				report: await served.report,
			})),
		);
	}

	/** Ends every part at once. */
	stop(): void {
		this.#stop.abort();
	}

	async #cross(
		caller: DeckComponent,
		links: readonly ResolvedLink[],
		{ import: index, fn: at, args }: Crossing,
	): Promise<CrossAnswer> {
		const link = links[index];
		const fn = link?.wanted.functions[at];
		if (!link || !fn || args.length !== fn.params.length)
			throw new CrossingError('a call of what is not provided');
		const { provider, exported } = link;
		const since = this.#stage.elapsed();
		const loans: number[] = [];
		const answer = await this.#ask(caller, link, {
			fn: exported.functions.findIndex(({ name }) => name === fn.name),
			args: (to) =>
				fn.params.map(({ type }, param) =>
					checkCrossing(type, args[param], (resource, handle) =>
						this.#handles.pass(caller.id, to, resource, handle, loans),
					),
				),
		});
		this.#handles.endLoan(provider.id, loans);
		const isErr = answer.ok && fn.result?.kind === 'result' && (answer.value as readonly unknown[])[0] === 1;
		this.#stage.record(caller, {
			capability: 'link',
			operation: fn.name,
			target: `${provider.id} ${exported.name}`,
			outcome: 'allow',
			rule: null,
			reason: 'linked',
			...(answer.ok ? (isErr ? { result: 'err' } : {}) : { result: 'failed', detail: answer.message }),
			at: since,
			duration: this.#stage.elapsed() - since,
		});
		if (answer.ok) return answer;
		return {
			ok: false,
			message: `${provider.id} failed while ${caller.id} called ${fn.name}: ${answer.message}`,
		};
	}

	async #ask(
		caller: DeckComponent,
		{ provider, exported, wanted }: ResolvedLink,
		call: { readonly fn: number; readonly args: (to: string) => Crossing['args'] },
	): Promise<CrossAnswer> {
		const part = this.#part(provider);
		if (!part.ok) return { ok: false, message: part.error };
		const { served } = part.value;
		const answer = await served.invoke({
			import: exportsOf(provider).indexOf(exported),
			fn: call.fn,
			args: call.args(provider.id),
		});
		const result = wanted.functions.find(({ name }) => name === exported.functions[call.fn]?.name)?.result;
		if (!answer.ok || !result) return answer;
		try {
			const value = checkCrossing(result, answer.value, (resource, handle) =>
				this.#handles.pass(provider.id, caller.id, resource, handle, []),
			);
			return { ok: true, value };
		} catch (error) {
			if (!(error instanceof CrossingError)) throw error;
			return { ok: false, message: `What it gave cannot be handed on: ${error.message}.` };
		}
	}

	#part(component: DeckComponent): Result<Part, string> {
		const known = this.#parts.get(component.id);
		if (known) return known;
		const started = this.#start(component);
		this.#parts.set(component.id, started);
		return started;
	}

	#start(component: DeckComponent): Result<Part, string> {
		const { linksOf, plan, ports, serve } = this.#stage;
		const links = linksOf(component);
		if (!links.ok) return links;
		const planned = plan(component, links.value);
		if (!planned.ok) return planned;
		const { program, setup } = planned.value;
		const served = serve(
			program,
			setup,
			{ ...ports(component, setup.grants), ...this.portsOf(component, links.value) },
			{ signal: this.#stop.signal },
		);
		return { ok: true, value: { component, grants: setup.grants, links: links.value, served } };
	}
}
