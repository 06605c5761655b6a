import type { Json } from '../../core/wit/types';

/** What the page asks of the command that shows it, and waits for. */
export interface Errand {
	readonly what: 'fetch' | 'read-body' | 'cancel-body' | 'read-folders' | 'write-folders';
	readonly with: Json;
}

/** What the page has for the command: a message for an agent, or an errand under a number that its answer names. */
export type PostItem =
	| { readonly kind: 'message'; readonly connection: string; readonly text: string }
	| ({ readonly kind: 'errand'; readonly id: number } & Errand);

/**
 * What goes from the page to the command. The command fetches it, by asking for what is next: nothing that could send stands in the page, where a frame
 * might find it.
 */
export class Post {
	#items: PostItem[] = [];
	#waiting: ((items: readonly PostItem[]) => void) | null = null;
	#lastId = 0;
	readonly #errands = new Map<number, { resolve: (value: Json) => void; reject: (error: Error) => void }>();

	/** Everything there is, once there is something. */
	next = (): Promise<readonly PostItem[]> =>
		new Promise((resolve) => {
			this.#waiting = resolve;
			this.#hand();
		});

	message = (connection: string, text: string): void => this.#put({ kind: 'message', connection, text });

	/** Rejects with what the command says is wrong. */
	ask = (errand: Errand): Promise<Json> =>
		new Promise((resolve, reject) => {
			const id = ++this.#lastId;
			this.#errands.set(id, { resolve, reject });
			this.#put({ kind: 'errand', id, ...errand });
		});

	/** The command has done an errand, or says why not. */
	answer = (id: number, outcome: { readonly value: Json } | { readonly problem: string }): void => {
		const errand = this.#errands.get(id);
		this.#errands.delete(id);
		if ('problem' in outcome) errand?.reject(new Error(outcome.problem));
		else errand?.resolve(outcome.value);
	};

	#put(item: PostItem) {
		this.#items.push(item);
		this.#hand();
	}

	#hand() {
		if (!this.#waiting || this.#items.length === 0) return;
		this.#waiting(this.#items);
		this.#waiting = null;
		this.#items = [];
	}
}
