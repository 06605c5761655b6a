import type { HostCall } from '../core/activity';
import type { Grants } from '../core/policy';
import type { World } from '../core/world';
import type { ActivityLog, CallHeader } from './activity-log';
import type { DeckComponent } from './contents';

interface RowsOptions {
	readonly log: ActivityLog;
	/** Of the component that is called. */
	readonly header: CallHeader;
	/** As it was when the call began. */
	readonly world: World;
	/** Milliseconds since the call began. */
	readonly elapsed: () => number;
	/** The session was replaced: nothing more of the call is recorded. */
	readonly isOver: () => boolean;
	readonly onOutput?: (stream: 'stdout' | 'stderr', text: string) => void;
}

/** The rows of one call in the record: what its components asked for and wrote, in the order in which it was told. */
export class CallRows {
	readonly #options: RowsOptions;
	/** Components whose withheld variables are on record. */
	readonly #withheldShown = new Set<string>();
	#lastAt = 0;

	constructor(options: RowsOptions) {
		this.#options = options;
	}

	/** A row for a host call; gives its number, 0 where the call is over. */
	hostCall(source: 'page' | 'sandbox', made: HostCall, component: DeckComponent): number {
		if (this.#options.isOver()) return 0;
		return this.#options.log.hostCall(this.#headerOf(component), this.#inOrder(made), source);
	}

	/** The same under the grants that it was asked under: variables that these withheld are told with the first question for the environment. */
	asked(source: 'page' | 'sandbox', made: HostCall, grants: Grants, component: DeckComponent): number {
		if (this.#options.isOver()) return 0;
		const isEnvironment = made.capability === 'environment' && made.operation === 'get-environment';
		if (isEnvironment && !this.#withheldShown.has(component.id)) {
			this.#withheldShown.add(component.id);
			this.#recordWithheld(grants, component);
			if (made.target === '') return 0;
		}
		return this.hostCall(source, made, component);
	}

	/** Takes what a guest writes, in whatever pieces; `end` tells of a last character that was never finished. */
	output(component: DeckComponent) {
		const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
		const tell = (stream: 'stdout' | 'stderr', text: string) => {
			if (!text || this.#options.isOver()) return;
			this.#options.log.output(this.#headerOf(component), stream, text, this.#options.elapsed());
			this.#options.onOutput?.(stream, text);
		};
		return {
			write: (stream: 'stdout' | 'stderr', bytes: Uint8Array) =>
				tell(stream, decoders[stream].decode(bytes, { stream: true })),
			end: () => {
				for (const stream of ['stdout', 'stderr'] as const) tell(stream, decoders[stream].decode());
			},
		};
	}

	#headerOf(component: DeckComponent): CallHeader {
		const { id, revision } = component;
		return id === this.#options.header.component
			? this.#options.header
			: { ...this.#options.header, component: id, revision };
	}

	/** The sandbox has a clock of its own, which begins later and again with each attempt: rows come in the order in which they are told, none after now. */
	#inOrder(made: HostCall): HostCall {
		this.#lastAt = Math.max(this.#lastAt, Math.min(made.at, this.#options.elapsed()));
		return made.at === this.#lastAt ? made : { ...made, at: this.#lastAt };
	}

	/**
	 * The variables that a guest would have found in its environment, had they been granted: the sandbox knows nothing of them. That the
	 * guest asked is all that is taken from it.
	 */
	#recordWithheld(grants: Grants, component: DeckComponent): void {
		const granted = new Set(grants.variables.map(({ key }) => key));
		const reason = grants.closed?.reason ?? 'no-rule';
		this.#lastAt = Math.max(this.#lastAt, this.#options.elapsed());
		for (const key of this.#options.world.variables.keys()) {
			if (granted.has(key)) continue;
			const withheld: HostCall = {
				capability: 'environment',
				operation: 'get-environment',
				target: key,
				outcome: 'deny',
				rule: null,
				reason,
				detail:
					'The page kept this variable out of the sandbox. That the component asked is what its sandbox reported.',
				at: this.#lastAt,
			};
			this.#options.log.hostCall(this.#headerOf(component), withheld, 'page');
		}
	}
}
