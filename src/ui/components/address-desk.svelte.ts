import type { FetchChoice, FetchProblem } from '../../artifact/fetch-problem';
import type { DirectoryPage, DirectoryPackage } from '../../artifact/find/search-directory';
import { understand, type Understood } from '../../core/address';
import { localHostsOfAddress } from '../../core/scenario';
import type { Result } from '../../core/result';
import type { MirrorList } from '../registry/mirror-list.svelte';
import type { SessionParts } from '../parts';
import { originIn } from '../open/page-address';
import type { LoadTask } from './load-task';
import type { LoadDesk } from './load-desk';

/** What the field needs of the page. */
export interface AddressParts {
	readonly loads: Pick<LoadDesk, 'address' | 'loader' | 'expect' | 'bring'>;
	/** Told when what was brought by hand is in. */
	readonly onbrought: () => void;
	readonly mirrors: MirrorList;
	readonly searchDirectory: SessionParts['searchDirectory'];
}

/**
 * The one field for everything that can be fetched. It says what it understands while a person types, and asks nobody; a press asks the hosts
 * that are on show, and no other.
 */
export class AddressDesk {
	readonly #parts: AddressParts;
	#text = $state('');
	#asked = $state<string | null>(null);
	#problem = $state.raw<FetchProblem | null>(null);
	#further = $state.raw<readonly string[]>([]);
	#confirmed = $state(false);
	#search = $state.raw<DirectorySearch | null>(null);

	#understanding = $derived.by<Result<Understood, string> | null>(() =>
		this.#text.trim() === '' ? null : understand(this.#text, { mirrors: this.#parts.mirrors.all }),
	);
	/** What the text names; null where it is empty or names nothing. */
	understood = $derived(this.#understanding?.ok ? this.#understanding.value : null);
	/** Why the text names nothing, as a sentence; null where it is empty or names something. */
	puzzled = $derived(this.#understanding?.ok === false ? this.#understanding.error : null);
	/** Why what was asked for did not come. */
	problem = $derived(this.#problem);
	/** Hosts beside those of the text that a person let it reach. */
	further = $derived(this.#further);
	/** Those among them on the person's own machine or network, while nothing was said of these. */
	local = $derived(this.#further.flatMap(localHostsOfAddress));
	confirmed = $derived(this.#confirmed);
	/** What wasm.directory was asked last, and what it answered. */
	search = $derived(this.#search);
	task = $derived.by<LoadTask | undefined>(() =>
		this.#asked === null
			? undefined
			: this.#parts.loads.loader.tasks.findLast(({ name }) => name === this.#asked),
	);
	busy = $derived(this.task !== undefined && this.task.error === undefined);
	/** Nothing stands between a press and the asking. */
	ready = $derived(!this.busy && (this.local.length === 0 || this.#confirmed));

	constructor(parts: AddressParts) {
		this.#parts = parts;
	}

	get text(): string {
		return this.#text;
	}

	/** Another text is another question: what was said of the last one goes. */
	set text(text: string) {
		if (text === this.#text) return;
		this.#text = text;
		this.#further = [];
		this.#confirmed = false;
		this.#forget();
	}

	/** Takes what a person brought by hand, if it is what was named. */
	bring = async (files: readonly File[]): Promise<void> => {
		const problem = this.#problem;
		const brought = await this.#parts.loads.bring(files);
		if (!brought.ok && problem) this.#problem = { ...problem, message: brought.error };
		else if (brought.ok && !problem?.byHand?.held) this.#parts.onbrought();
	};

	/** Asks for what is named. True where it came. */
	load = async (): Promise<boolean> => {
		if (!this.ready) return false;
		this.#forget();
		const text = this.#text.trim();
		if (!this.understood) {
			this.#problem = { message: this.puzzled ?? 'Paste an address, a reference or a whole command.' };
			return false;
		}
		this.#asked = text;
		if (await this.#parts.loads.address(text, this.#further)) return true;
		if (this.#asked !== text) return false;
		const { task } = this;
		this.#problem = task?.problem ?? (task?.error === undefined ? null : { message: task.error });
		this.#parts.loads.expect(
			this.#problem?.byHand?.held
				? {
						...{ held: this.#problem.byHand.held, understood: this.understood },
						onbrought: this.#parts.onbrought,
					}
				: null,
		);
		return false;
	};

	/** Lets it be led to one more host, which is on show from now on. False where the text names none. */
	allow = (text: string): boolean => {
		const origin = originIn(text);
		if (origin === null) return false;
		this.#further = [...this.#further.filter((other) => other !== origin), origin];
		this.#confirmed = false;
		this.#forget();
		return true;
	};

	confirmLocal = () => {
		this.#confirmed = true;
	};

	/** Puts what was chosen into the field; it is asked for at once where all its hosts were on show. */
	choose = async ({ address }: Pick<FetchChoice, 'address'>): Promise<boolean> => {
		const shown = this.understood?.hosts.map(({ origin }) => origin) ?? [];
		this.text = address;
		const isShown = this.understood?.hosts.every(({ origin }) => shown.includes(origin)) ?? false;
		return isShown && this.load();
	};

	/** Asks wasm.directory for components that have to do with the text. */
	find = async (): Promise<void> => {
		const query = this.#text.trim();
		this.#search = { query, page: null, problem: null };
		const found = await this.#parts.searchDirectory(query);
		if (this.#search?.query !== query) return;
		this.#search = {
			query,
			page: found.ok ? found.value : null,
			problem: found.ok ? null : found.error.message,
		};
	};

	/** Takes a component that was found into the field. */
	take = (address: string) => {
		this.text = address;
	};

	/** What is under way goes on, and what failed was read here: it does not stay in the list too. */
	leave = () => this.#forget();

	#forget() {
		if (this.task?.error !== undefined) this.#parts.loads.loader.dismiss(this.task);
		this.#asked = null;
		this.#problem = null;
		this.#search = null;
		this.#parts.loads.expect(null);
	}
}

/** A question to wasm.directory: under way while there is neither a page nor a problem. */
export interface DirectorySearch {
	readonly query: string;
	readonly page: DirectoryPage | null;
	readonly problem: string | null;
}

export type { DirectoryPackage };
