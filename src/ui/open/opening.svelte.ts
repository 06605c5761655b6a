import { SvelteSet } from 'svelte/reactivity';
import { sha256Hex } from '../../component/digest';
import type { Mirrors } from '../../core/address';
import type { Result } from '../../core/result';
import { localHostsOfAddress, printScenario, type Scenario } from '../../core/scenario';
import type { Deck } from '../../deck/deck';
import { openScenario, type FetchSource, type FollowOptions } from '../../deck/scenario';
import { stepWords } from '../components/load-task';
import { Consent, type Later } from './consent.svelte';
import { originIn } from './page-address';
import { localIn, notFetched, type Answer, type Origin, type Question } from './question';
import { Supplies, type KnownBytes } from './supplies.svelte';
import { readPolicies } from './read-policies';

export interface OpeningParts {
	readonly deck: Deck;
	readonly fetchSource: FetchSource;
	readonly fetchText: (
		address: string,
		options: FollowOptions & { readonly signal: AbortSignal },
	) => Promise<Result<string, string>>;
	readonly knownBytes: KnownBytes;
	readonly hasWork: () => boolean;
	/** Waited for right before the session is replaced, for keeping what is there. */
	readonly beforeReplace: () => Promise<unknown>;
	/** Told when a scenario was opened. */
	readonly onopened: (scenario: Scenario, origin: Origin, answer: Answer) => Promise<void>;
	/** Told when a question was put aside. */
	readonly ondismissed: () => void;
	readonly now: () => number;
	/** Registries that a mirror stands in for; default none. */
	readonly mirrors?: () => Mirrors;
	/** Default `setTimeout`. */
	readonly later?: Later;
}

/** The asking before anything of a scenario is fetched, compiled or run. One question at a time; a new one takes the place of the last. */
export class Opening {
	readonly #parts: OpeningParts;
	#question = $state.raw<Question | null>(null);
	#step = $state<string | null>(null);
	#error = $state<string | null>(null);
	#stop: AbortController | null = null;
	#localConfirmed = $state(false);
	#origins = $state.raw<readonly string[]>([]);
	#redirected = $state(false);
	#refused = $state.raw<readonly string[]>([]);
	readonly #insisted = new SvelteSet<string>();
	#lastAsked = 0;
	readonly #supplies: Supplies;

	/** Whether the question can be answered with yes yet. */
	readonly consent: Consent;
	/** A person said that hosts on their own machine or network may be reached. */
	localConfirmed = $derived(this.#localConfirmed);
	/** Origins that the person named, to which a redirect may lead too. */
	origins = $derived(this.#origins);
	/** Something that was to be fetched redirects to a host that was not shown. */
	redirected = $derived(this.#redirected);
	/** Components of what is on show that were refused because of their signatures, by their ids. */
	refused = $derived(this.#refused);
	/** Hosts on the person's own machine or network that a yes would reach or grant. */
	local = $derived([...localIn(this.#question), ...this.#origins.flatMap(localHostsOfAddress)]);

	question = $derived(this.#question);
	/** What is being done; null while it is the person's turn. */
	step = $derived(this.#step);
	/** Why the last attempt failed; the question stays. */
	error = $derived(this.#error);
	/** What is still needed before the answer can be yes, in words; null where nothing is. */
	missing = $derived.by(() => {
		const unconfirmed =
			this.local.length > 0 && !this.#localConfirmed
				? 'Say first whether it may reach your own machine or network.'
				: null;
		if (this.#question?.kind !== 'open') return unconfirmed;
		const { summary } = this.#question;
		if (!summary.engineKnown)
			return `This page does not have the engine ${summary.engine}. A newer Tapedeck may have it.`;
		const file = this.#supplies.missingFrom(summary);
		return file === null ? unconfirmed : `Supply the file ${file} first.`;
	});

	constructor(parts: OpeningParts) {
		this.#parts = parts;
		this.#supplies = new Supplies(parts.knownBytes);
		this.consent = new Consent(parts.later);
	}

	/** A link, its fragment, or an address that ends in one. */
	link = (text: string, hasWork = this.#parts.hasWork()): Promise<void> =>
		this.#ask(({ decodeLink }) => decodeLink(text), 'link', hasWork);

	/** The text of a `.tapedeck.json`. */
	text = (text: string, origin: Origin = 'file', hasWork = this.#parts.hasWork()): Promise<void> =>
		this.#ask(({ parseScenario }) => parseScenario(text), origin, hasWork);

	/** A session that this browser kept; `reason` says why it was not simply loaded. */
	session = (scenario: Scenario, reason: string): Promise<void> =>
		this.#offer(++this.#lastAsked, scenario, { origin: 'session', reason, hasWork: false });

	/** A scenario at an address: fetched only after a word. */
	address = (text: string) => {
		const url = URL.parse(text, document.baseURI);
		this.#lastAsked += 1;
		if (url && /^https?:$/.test(url.protocol))
			this.#put({ kind: 'fetch', address: url.href, digest: `address ${url.href}` });
		else this.refuse('The address of this scenario is none that a page can fetch. It begins with https://.');
	};

	/** Says why there is nothing to open. */
	refuse = (message: string) => {
		this.#lastAsked += 1;
		this.#put({ kind: 'refused', message, digest: `refused ${message}` });
	};

	/** The first of two presses, where hosts on the person's own machine or network are at stake; it counts as a press on *Open* would. */
	confirmLocal = (digest: string) => {
		if (this.#localConfirmed || !this.consent.covers(digest)) return;
		this.#localConfirmed = true;
		this.consent.settle();
	};

	/** Lets redirects lead to one more host, which is shown from now on; a text that names none is an error. */
	allowOrigin = (text: string) => {
		const origin = originIn(text);
		this.#error = origin === null ? 'This names no host. It is such as files.example.com.' : null;
		if (origin !== null) {
			this.#localConfirmed = false;
			this.#origins = [...this.#origins.filter((other) => other !== origin), origin];
		}
		this.consent.settle();
	};

	/**
	 * The person says that a component of what bears this digest is to be opened although its signature does not fit, once it was refused for that.
	 * There is no other way to say it: not in a scenario, a link or a script's call.
	 */
	insist = (digest: string, id: string, insists: boolean) => {
		if (!this.#refused.includes(id) || !this.consent.covers(digest)) return;
		if (insists) this.#insisted.add(id);
		else this.#insisted.delete(id);
		this.consent.settle();
	};

	/** Whether the person insists on it. */
	insistsOn = (id: string): boolean => this.#insisted.has(id);

	/** Fetches the scenario that the question with this digest is about. */
	fetch = async (digest: string): Promise<void> => {
		const question = this.#question;
		if (question?.kind !== 'fetch' || !this.#agreed(digest)) return;
		const stop = this.#begin('Fetching the scenario');
		const text = await this.#parts.fetchText(question.address, {
			...this.#following(),
			signal: stop.signal,
		});
		if (this.#question !== question) return;
		this.#step = null;
		if (text.ok) {
			// What comes now is another card, by the person's own press.
			this.consent.show(null);
			await this.text(text.value, 'address');
		} else {
			this.#error = text.error;
			this.consent.settle();
		}
	};

	/** The file that a person supplies for a component of the scenario with this digest; bytes of another than it names are refused. */
	supply = async (digest: string, id: string, file: File): Promise<void> => {
		const question = this.#question;
		if (question?.kind !== 'open' || question.digest !== digest) return;
		this.#error = null;
		const isStill = () => this.#question === question;
		const taken = await this.#supplies.take(question.scenario, id, file, isStill);
		if (!taken.ok) this.#error = taken.error;
	};

	/** Registries that a mirror stands in for. */
	get mirrors(): Mirrors {
		return this.#parts.mirrors?.() ?? {};
	}

	/** Where the bytes of a component that is to be supplied are; null where they are still missing. */
	suppliedBy = (id: string, sha256: string | null): string | null => this.#supplies.of(id, sha256);

	/** Opens the scenario that was shown with this digest, or leaves everything as it is and says why not. */
	open = async (digest: string, answer: Answer): Promise<void> => {
		const question = this.#question;
		if (question?.kind !== 'open' || !this.#agreed(digest)) return;
		const began = this.#parts.deck.begin();
		const stop = this.#begin('Opening');
		const opened = await openScenario(this.#parts.deck, question.scenario, {
			fetchSource: this.#supplies.before(question.scenario, (source, options) =>
				this.#parts.fetchSource(source, { ...options, ...this.#following() }),
			),
			now: this.#parts.now(),
			ownLimits: question.origin === 'session',
			signal: stop.signal,
			began,
			beforeReplace: this.#parts.beforeReplace,
			onStep: (id, step) => (this.#step = `${stepWords(step)}: ${id}`),
			insistsOn: this.insistsOn,
			onRefused: (id) => (this.#refused = [...this.#refused.filter((other) => other !== id), id]),
		});
		if (this.#question !== question) return;
		this.#step = null;
		if (!opened.ok) {
			this.#error = opened.error;
			this.consent.settle();
			return;
		}
		this.withdraw();
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
		this.#lastAsked += 1;
		this.#question = null;
		this.#step = null;
		this.consent.show(null);
	};

	/** Whether a press on what bears this digest is a yes: to what is on show, with nothing missing and nothing under way. */
	#agreed = (digest: string): boolean =>
		this.#question?.digest === digest &&
		this.consent.covers(digest) &&
		this.missing === null &&
		this.#step === null;

	async #ask(
		read: (reader: typeof import('../../core/scenario/read')) => Result<Scenario, string>,
		origin: Origin,
		hasWork: boolean,
	): Promise<void> {
		const asked = ++this.#lastAsked;
		const reader = await import('../../core/scenario/read').catch(() => null);
		if (this.#lastAsked !== asked) return;
		if (!reader) return this.refuse(notFetched);
		const scenario = read(reader);
		if (!scenario.ok) return this.refuse(scenario.error);
		await this.#offer(asked, scenario.value, { origin, reason: null, hasWork });
	}

	/** Asks about a scenario, unless something else was asked since the number `asked` was given out. */
	async #offer(
		asked: number,
		scenario: Scenario,
		about: Pick<Extract<Question, { kind: 'open' }>, 'origin' | 'reason' | 'hasWork'>,
	): Promise<void> {
		const digest = await sha256Hex(new TextEncoder().encode(printScenario(scenario)));
		await readPolicies(scenario);
		const teller = await import('../../core/scenario/summary').catch(() => null);
		if (this.#lastAsked !== asked) return;
		if (!teller) return this.refuse(notFetched);
		this.#put({ kind: 'open', scenario, digest, summary: teller.summarize(scenario), ...about });
	}

	#put(question: Question) {
		this.#stop?.abort();
		this.#step = null;
		this.#error = null;
		this.#supplies.clear();
		this.#localConfirmed = false;
		this.#origins = [];
		this.#redirected = false;
		this.#refused = [];
		this.#insisted.clear();
		this.#question = question;
		this.consent.show(question.digest);
		if (question.kind === 'open') void this.#lookUp(question);
	}

	/** Looks for bytes that are here already, which nobody has to supply or fetch. */
	async #lookUp(question: Extract<Question, { kind: 'open' }>): Promise<void> {
		const isStill = () => this.#question === question;
		if (await this.#supplies.lookUp(question.scenario, isStill)) this.consent.settle();
	}

	#following = (): FollowOptions => ({
		origins: this.#origins,
		onRedirect: () => (this.#redirected = true),
	});

	#begin(step: string): AbortController {
		this.#error = null;
		this.#step = step;
		return (this.#stop = new AbortController());
	}
}
