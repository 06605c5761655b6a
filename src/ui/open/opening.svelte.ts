import { SvelteMap } from 'svelte/reactivity';
import { sha256Hex } from '../../component/digest';
import { most } from '../../core/limits';
import { fileTooLargeMessage } from '../../component/size-limit';
import type { Result } from '../../core/result';
import { summarize, type Scenario, type ScenarioSummary } from '../../core/scenario';
import type { Deck } from '../../deck/deck';
import { openScenario, type FetchSource } from '../../deck/scenario';
import { stepWords } from '../components/load-task';

/** Where a scenario came from. `session` is one that this browser kept. */
export type Origin = 'link' | 'file' | 'address' | 'session';

/** What a person is asked. Replaced, never mutated. */
export type Question =
	| { readonly kind: 'fetch'; readonly address: string }
	| { readonly kind: 'refused'; readonly message: string }
	| {
			readonly kind: 'open';
			readonly scenario: Scenario;
			readonly summary: ScenarioSummary;
			readonly origin: Origin;
			/** Why this is asked at all, where nothing was pressed. */
			readonly reason: string | null;
			/** There is work that opening would take the place of. */
			readonly hasWork: boolean;
	  };

export type Answer = 'open' | 'replace' | 'copy';

export interface OpeningParts {
	readonly deck: Deck;
	readonly fetchSource: FetchSource;
	readonly fetchText: (address: string, signal: AbortSignal) => Promise<Result<string, string>>;
	/** Bytes that this browser already has under a digest; null where it has none. */
	readonly knownBytes: (sha256: string) => Promise<Uint8Array | null>;
	readonly hasWork: () => boolean;
	/** Told before the session is replaced, for keeping what is there. */
	readonly beforeOpen: (answer: Answer) => Promise<void>;
	/** Told when a scenario was opened. */
	readonly onopened: (scenario: Scenario, origin: Origin, answer: Answer) => Promise<void>;
	/** Told when a question was put aside. */
	readonly ondismissed: () => void;
	readonly now: () => number;
}

/** The asking before anything of a scenario is fetched, compiled or run. One question at a time; a new one takes the place of the last. */
export class Opening {
	readonly #parts: OpeningParts;
	#question = $state.raw<Question | null>(null);
	#step = $state<string | null>(null);
	#error = $state<string | null>(null);
	#known = $state.raw<readonly string[]>([]);
	#stop: AbortController | null = null;
	readonly #supplied = new SvelteMap<string, { readonly name: string; readonly bytes: Uint8Array }>();

	/** A person said that hosts on their own machine or network may be reached. */
	localConfirmed = $state(false);

	question = $derived(this.#question);
	/** What is being done; null while it is the person's turn. */
	step = $derived(this.#step);
	/** Why the last attempt failed; the question stays. */
	error = $derived(this.#error);
	/** What is still needed before the answer can be yes, in words; null where nothing is. */
	missing = $derived.by(() => {
		if (this.#question?.kind !== 'open') return null;
		const { summary } = this.#question;
		if (!summary.engineKnown)
			return `This page does not have the engine ${summary.engine}. A newer Tapedeck may have it.`;
		const file = summary.components.find(
			({ id, supply, sha256 }) =>
				supply !== null && !this.#supplied.has(id) && !(sha256 && this.#known.includes(sha256)),
		);
		if (file) return `Supply the file ${file.supply} first.`;
		return summary.local.length > 0 && !this.localConfirmed
			? 'Say first whether it may reach your own machine or network.'
			: null;
	});

	constructor(parts: OpeningParts) {
		this.#parts = parts;
	}

	/** A link, its fragment, or an address that ends in one. */
	link = (text: string, hasWork = this.#parts.hasWork()): Promise<void> =>
		this.#ask(({ decodeLink }) => decodeLink(text), 'link', hasWork);

	/** The text of a `.tapedeck.json`. */
	text = (text: string, origin: Origin = 'file', hasWork = this.#parts.hasWork()): Promise<void> =>
		this.#ask(({ parseScenario }) => parseScenario(text), origin, hasWork);

	/** A session that this browser kept; `reason` says why it was not simply loaded. */
	session = (scenario: Scenario, reason: string) =>
		this.#put({
			...{ kind: 'open', scenario, summary: summarize(scenario), origin: 'session', reason },
			hasWork: false,
		});

	/** A scenario at an address: fetched only after a word. */
	address = (text: string) => {
		const url = URL.parse(text, document.baseURI);
		if (url && /^https?:$/.test(url.protocol)) this.#put({ kind: 'fetch', address: url.href });
		else this.refuse('The address of this scenario is none that a page can fetch. It begins with https://.');
	};

	/** Says why there is nothing to open. */
	refuse = (message: string) => this.#put({ kind: 'refused', message });

	/** Fetches the scenario that the question is about. */
	fetch = async (): Promise<void> => {
		const question = this.#question;
		if (question?.kind !== 'fetch') return;
		const stop = this.#begin('Fetching the scenario');
		const text = await this.#parts.fetchText(question.address, stop.signal);
		if (this.#question !== question) return;
		this.#step = null;
		if (text.ok) await this.text(text.value, 'address');
		else this.#error = text.error;
	};

	/** The file that a person supplies for a component; bytes of another digest are refused. */
	supply = async (id: string, file: File): Promise<void> => {
		const question = this.#question;
		if (question?.kind !== 'open') return;
		this.#error = null;
		if (file.size > most.componentFileBytes) {
			this.#error = fileTooLargeMessage(file.size);
			return;
		}
		const bytes = new Uint8Array(await file.arrayBuffer());
		const wanted = question.scenario.components.find((component) => component.id === id)?.sha256;
		const digest = await sha256Hex(bytes);
		if (this.#question !== question) return;
		if (wanted && wanted !== digest)
			this.#error = `${file.name} is not the component ${id} of this scenario: its digest is ${digest}, and the scenario names ${wanted}.`;
		else this.#supplied.set(id, { name: file.name, bytes });
	};

	/** Where the bytes of a component that is to be supplied are; null where they are still missing. */
	suppliedBy = (id: string, sha256: string | null): string | null =>
		this.#supplied.get(id)?.name ??
		(sha256 !== null && this.#known.includes(sha256)
			? 'a component with this digest, which is here already'
			: null);

	/** Opens the scenario, or leaves everything as it is and says why not. */
	open = async (answer: Answer): Promise<void> => {
		const question = this.#question;
		if (question?.kind !== 'open' || this.missing !== null || this.#step !== null) return;
		const stop = this.#begin('Opening');
		await this.#parts.beforeOpen(answer);
		const opened = await openScenario(this.#parts.deck, question.scenario, {
			fetchSource: this.#bytesOf(question.scenario),
			now: this.#parts.now(),
			signal: stop.signal,
			onStep: (id, step) => (this.#step = `${stepWords(step)}: ${id}`),
		});
		if (this.#question !== question) return;
		this.#step = null;
		if (!opened.ok) {
			this.#error = opened.error;
			return;
		}
		this.#question = null;
		await this.#parts.onopened(question.scenario, question.origin, answer);
	};

	/** Puts the question aside; the session stays as it is. */
	dismiss = () => {
		if (!this.#question) return;
		this.withdraw();
		this.#parts.ondismissed();
	};

	/** Takes the question back: something else has answered it. */
	withdraw = () => {
		this.#stop?.abort();
		this.#question = null;
		this.#step = null;
	};

	async #ask(
		read: (reader: typeof import('../../core/scenario/read')) => Result<Scenario, string>,
		origin: Origin,
		hasWork: boolean,
	): Promise<void> {
		const reader = await import('../../core/scenario/read').catch(() => null);
		if (!reader)
			return this.refuse('What reads scenarios could not be fetched. Check the connection and try again.');
		const scenario = read(reader);
		if (!scenario.ok) return this.refuse(scenario.error);
		this.#put({
			...{ kind: 'open', scenario: scenario.value, summary: summarize(scenario.value), origin },
			...{ reason: null, hasWork },
		});
	}

	#put(question: Question) {
		this.#stop?.abort();
		this.#step = null;
		this.#error = null;
		this.#supplied.clear();
		this.localConfirmed = false;
		this.#question = question;
		this.#known = [];
		if (question.kind === 'open') void this.#lookUp(question);
	}

	/** Looks for bytes that are here already, which nobody has to supply or fetch. */
	async #lookUp(question: Extract<Question, { kind: 'open' }>): Promise<void> {
		const digests = question.scenario.components.flatMap(({ sha256 }) => sha256 ?? []);
		const found = await Promise.all(
			digests.map(async (digest) => ((await this.#parts.knownBytes(digest)) ? digest : null)),
		);
		if (this.#question === question) this.#known = found.filter((digest) => digest !== null);
	}

	#begin(step: string): AbortController {
		this.#error = null;
		this.#step = step;
		return (this.#stop = new AbortController());
	}

	#bytesOf(scenario: Scenario): FetchSource {
		return async (source, options) => {
			const supplied = this.#supplied.get(options.id);
			if (supplied) return { ok: true, value: supplied.bytes };
			const digest = scenario.components.find(({ id }) => id === options.id)?.sha256;
			const known = digest ? await this.#parts.knownBytes(digest) : null;
			return known ? { ok: true, value: known } : this.#parts.fetchSource(source, options);
		};
	}
}
