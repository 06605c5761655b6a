import { isRecord } from '../../core/is-record';
import { namesIn } from '../../core/names-in';
import type { Deck, DeckContents } from '../../deck/deck';
import type { KeptConsole } from '../console/console.svelte';
import type { Outgoing } from '../../core/outlet';
import { recallInTab, rememberInTab } from '../base/memory';
import { addressNames, bareAddress } from './page-address';

/** A session as it was when the page went on from it to another. */
export interface LeftSession {
	readonly contents: DeckContents;
	readonly console: KeptConsole;
	readonly toolKey: string | undefined;
	/** Of the session that this browser keeps. */
	readonly id: string;
	readonly name: string | null;
}

interface Opened {
	/** What it was opened as. */
	readonly contents: DeckContents;
	/** The page's address that stands for it. */
	readonly address: string;
	readonly isChanged: boolean;
}

interface Step extends LeftSession {
	readonly opened: Opened | null;
}

export interface TrailParts {
	readonly deck: Deck;
	/** The session as it is now. */
	readonly keep: () => LeftSession;
	/** Brings one back. */
	readonly restore: (session: LeftSession) => Promise<void>;
	/** The session as it is now as the fragment of a link, which stands for it over a reload; without values of secrets and without its record. */
	readonly pack: () => Promise<Outgoing<string>>;
	/** Brings one back from that, into the kept session of that id. */
	readonly unpack: (link: string, id: string | undefined) => Promise<void>;
}

/** What this page writes into an entry of the browser's history. `opened`: the scenario in its address is what the session was made from. */
interface EntryState {
	readonly tapedeck: number;
	readonly opened: boolean;
	/** The kept session that it was when the page went on from it. */
	readonly session?: string;
}

/** Characters of a link that are kept for the way back over a reload; a browser has some five million for all of a site. */
const mostKept = 1_000_000;

const isText = (value: unknown): value is string => typeof value === 'string';

/** The session of an entry of the history, as a tab keeps it over a reload; empty where it does not. */
const keptOf = (at: number): string => recallInTab(`left:${at}`, isText, '');

/**
 * The page's address and the browser's history: which scenario the session was opened from, whether it still is that one, and the way back to the
 * session before it. The address holds the scenario until its first change; what calls do to files is none.
 */
export class Trail {
	readonly #parts: TrailParts;
	/** Sessions of the other entries of the history that this page has made. Nothing is shown of them. */
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- sessions are large, and no proxy has to look into them
	readonly #left = new Map<number, Step>();
	#at = 0;
	#last = 0;
	#opened = $state.raw<Opened | null>(null);
	#canGoBack = $state(false);

	/** The session was opened from a scenario. */
	isOpened = $derived(this.#opened !== null);
	/** It is no longer what was opened. */
	isChanged = $derived(this.#opened?.isChanged ?? false);
	/** There is a session before this one, which *Back* returns to. */
	canGoBack = $derived(this.#canGoBack);

	constructor(parts: TrailParts) {
		this.#parts = parts;
		parts.deck.subscribe(this.#look);
	}

	/** Whether the session of this tab was made from the scenario in the address, and not changed since: a reload goes on with it. */
	get isHere(): boolean {
		return addressNames() && (readState(history.state)?.opened ?? false);
	}

	/** Follows the browser's history from now on. */
	start = () => {
		const state = readState(history.state);
		this.#at = this.#last = state?.tapedeck ?? 0;
		this.#canGoBack = this.#isKnown(this.#at - 1);
		if (!state && !addressNames()) this.#write(location.href, false);
		addEventListener('popstate', this.#moved);
	};

	/** The session that this tab kept was brought back: where the address names what it was made from, it is that still. */
	resumed = () => {
		if (this.isHere) this.#opened = this.#asIs(location.href);
		else this.clear();
	};

	/** The session is about to be replaced by another one. */
	leave = () => {
		const left = this.#keepAt(this.#at);
		if (left && this.knows) this.#write(location.href, readState(history.state)?.opened ?? false, left.id);
	};

	/** A scenario has taken the place of the session. `fragment` stands for it in the address; null where it stands there already. */
	opened = (fragment: string | null, isNew: boolean) => {
		this.#canGoBack = this.#isKnown(this.#at);
		const address = fragment === null ? location.href : `${bareAddress()}#${fragment}`;
		this.#opened = this.#asIs(address);
		this.#at = ++this.#last;
		if (isNew) history.pushState(entry(this.#at, true), '', address);
		else this.#write(address, true);
	};

	/** What is on the page is not what its address names: the address lets go of it. */
	clear = () => {
		this.#opened = null;
		this.dismissed();
	};

	/** What the address names was not opened: the address lets go of it. */
	dismissed = () => this.#write(bareAddress(), false);

	back = () => history.back();

	/** Brings back what was opened, before it was changed. */
	revert = async () => {
		if (!this.#opened) return;
		const { contents, address } = this.#opened;
		await this.#parts.restore({ ...this.#parts.keep(), contents: { ...contents, activity: [] } });
		this.#opened = this.#asIs(address);
		this.#write(address, true);
	};

	#write(address: string, opened: boolean, session?: string) {
		history.replaceState(entry(this.#at, opened, session), '', address);
	}

	/** Keeps the session as that of an entry of the history. */
	#keepAt(at: number): LeftSession | null {
		if (this.#parts.deck.components.length === 0) return null;
		const left = this.#parts.keep();
		this.#left.set(at, { ...left, opened: this.#opened });
		void this.#parts.pack().then((link) => {
			if (link.length <= mostKept) rememberInTab(`left:${at}`, link);
		});
		return left;
	}

	#isKnown(at: number): boolean {
		return this.#left.has(at) || keptOf(at) !== '';
	}

	readonly #moved = (event: PopStateEvent) => {
		const state = readState(event.state);
		const to = state?.tapedeck;
		if (to === undefined || to === this.#at || !this.#isKnown(to)) return;
		const step = this.#left.get(to);
		this.#keepAt(this.#at);
		this.#at = to;
		this.#canGoBack = this.#isKnown(to - 1);
		this.#opened = null;
		const restored = step ? this.#parts.restore(step) : this.#parts.unpack(keptOf(to), state?.session);
		void restored.then(() => {
			if (step && this.#at === to) this.#opened = step.opened;
		});
	};

	/** Whether the entry of the history that is on show is one whose session is here. */
	get knows(): boolean {
		return readState(history.state)?.tapedeck === this.#at;
	}

	readonly #look = () => {
		const opened = this.#opened;
		if (!opened || opened.isChanged || isSame(opened.contents, this.#parts.deck)) return;
		this.#opened = { ...opened, isChanged: true };
		this.#write(bareAddress(), false);
	};

	#asIs(address: string): Opened {
		const { components, engine, world, limits, notes } = this.#parts.deck;
		return { contents: { components, engine, world, limits, notes }, address, isChanged: false };
	}
}

const entry = (at: number, opened: boolean, session?: string): EntryState => ({
	...{ tapedeck: at, opened },
	...(session !== undefined && { session }),
});

function readState(state: unknown): EntryState | null {
	if (!isRecord(state)) return null;
	const { tapedeck, opened, session } = state;
	if (typeof tapedeck !== 'number') return null;
	return { tapedeck, opened: opened === true, ...(typeof session === 'string' && { session }) };
}

/** Whether a session is still what was opened. Files that calls change raise no component's revision; files that a person changes do. */
function isSame(opened: DeckContents, now: DeckContents): boolean {
	const parts = namesIn(opened.world).filter((part) => part !== 'files');
	return (
		opened.engine === now.engine &&
		opened.notes === now.notes &&
		opened.limits === now.limits &&
		opened.components.length === now.components.length &&
		opened.components.every((component, at) => {
			const other = now.components[at]!;
			return (
				component.id === other.id &&
				component.sha256 === other.sha256 &&
				component.revision === other.revision
			);
		}) &&
		parts.every((part) => opened.world[part] === now.world[part])
	);
}
