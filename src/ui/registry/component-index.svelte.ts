import type { Result } from '../../core/result';
import type { RegistryEntry } from '../../mcp/builtin-tools';
import { parseIndex } from '../../mcp/component-index';

/** Fetches what an address names. The error says what failed and what to do. */
type FetchBytes = (address: string) => Promise<Result<Uint8Array, string>>;

/** The index that `search-components` searches beside the samples: none until a person names one. It is fetched when asked for, never by itself. */
export class ComponentIndex {
	readonly #fetch: FetchBytes;
	#address = $state<string | null>(null);
	#entries = $state.raw<readonly RegistryEntry[]>([]);
	#state = $state.raw<{ readonly loading: boolean; readonly problem: string }>({
		loading: false,
		problem: '',
	});

	/** Where the entries came from; null where there are none. */
	address = $derived(this.#address);
	entries = $derived(this.#entries);
	loading = $derived(this.#state.loading);
	/** Why the last attempt failed; empty where it did not. */
	problem = $derived(this.#state.problem);

	constructor(fetch: FetchBytes) {
		this.#fetch = fetch;
	}

	/** Takes the entries of an index in the place of those before. False, and nothing changed, where that fails. */
	load = async (address: string): Promise<boolean> => {
		this.#state = { loading: true, problem: '' };
		const fetched = await this.#fetch(address);
		const read = fetched.ok ? parseIndex(new TextDecoder().decode(fetched.value)) : fetched;
		this.#state = { loading: false, problem: read.ok ? '' : read.error };
		if (!read.ok) return false;
		this.#address = address;
		this.#entries = read.value;
		return true;
	};

	forget = () => {
		this.#address = null;
		this.#entries = [];
		this.#state = { loading: false, problem: '' };
	};
}
