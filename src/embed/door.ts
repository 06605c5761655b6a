import { itemAt } from '../core/item-at';
import type { ActivityEntry } from '../core/activity';
import type { Outgoing } from '../core/outlet';
import { resolveEngine } from '../core/policy';
import { decodeLink, isLink, parseScenario, type Scenario } from '../core/scenario';
import type { Deck } from '../deck/deck';
import type { Tapedeck } from '../page/door';
import { builtinDefinitions } from '../mcp/builtin-definitions';
import { readPolicies } from '../ui/open/read-policies';
import { answered, echoed, happened, measured, nothing, refused } from './answers';
import { protocolVersion, readMessage, type EmbedReply, type EmbedRequest } from './protocol';

/** What another page would like to happen, put before the person at this one. Nothing of it has been done. */
export type Proposal =
	| { readonly kind: 'scenario'; readonly origin: string; readonly scenario: Scenario }
	| { readonly kind: 'component'; readonly origin: string; readonly id: string; readonly size: number }
	| { readonly kind: 'policy'; readonly origin: string; readonly component: string; readonly policy: string }
	| { readonly kind: 'engine'; readonly origin: string; readonly engine: string }
	/** To call the tools of what is open, and to see what they do. */
	| { readonly kind: 'access'; readonly origin: string };

/** A window, or what stands for one in a test. */
export interface Peer {
	postMessage(message: Outgoing<EmbedReply>, options: { targetOrigin: string }): void;
}

export interface MessageFrom {
	readonly data: unknown;
	readonly origin: string;
	readonly source: unknown;
}

export interface EmbedDoorParts {
	/** The page around this one; the only one that is listened to. */
	readonly around: Peer;
	readonly tapedeck: Tapedeck;
	readonly deck: Pick<Deck, 'components' | 'engine' | 'activity' | 'find' | 'subscribe' | 'outlet'>;
	/** Opens a scenario that was agreed to. */
	readonly open: (scenario: Scenario) => Promise<void>;
	/**
	 * Asks the person. Resolves once they agreed to exactly this proposal and `carryOut` has done it; rejects with a sentence where they did
	 * not, or it failed.
	 */
	readonly propose: (proposal: Proposal, carryOut: () => Promise<void>) => Promise<void>;
}

export interface EmbedDoor {
	readonly receive: (message: MessageFrom) => void;
	/** The origin that has asked for something so far; null where none has. */
	readonly origin: () => string | null;
	/** Says how high the page would be, in CSS pixels: told to the page around once it asks, and again when it changes. */
	readonly setHeight: (height: number) => void;
}

/** Requests that may wait for an answer at once; more are refused. */
const mostAtOnce = 32;

/**
 * The door through which the page around an embedded one talks to it. It answers only the window that frames it, and only to the origin
 * that asked. Nothing is opened, changed, run or shown through it before the person agreed to exactly that; and what they agreed to ends
 * when components, policies or engine change by other means.
 */
export const createEmbedDoor = (parts: EmbedDoorParts): EmbedDoor => new OpenDoor(parts);

const builtins = new Set<string>(builtinDefinitions.map(({ name }) => name));

class OpenDoor implements EmbedDoor {
	readonly #parts: EmbedDoorParts;
	#asked: string | null = null;
	#access: { readonly origin: string; readonly document: string } | null = null;
	#asking: { readonly origin: string; readonly answer: Promise<void> } | null = null;
	#unsubscribe: (() => void) | null = null;
	#waiting = 0;
	#height = 0;
	#heightFor: string | null = null;

	constructor(parts: EmbedDoorParts) {
		this.#parts = parts;
	}

	receive = (message: MessageFrom): void => void this.#receive(message);

	origin = (): string | null => this.#asked;

	setHeight = (height: number): void => {
		if (height === this.#height) return;
		this.#height = height;
		if (this.#heightFor !== null)
			this.#parts.around.postMessage(measured(height), { targetOrigin: this.#heightFor });
	};

	/** What an agreement is bound to: which components, under which policies, decided by which engine. */
	#documentNow(): string {
		const { engine, components } = this.#parts.deck;
		return JSON.stringify([engine, components.map(({ id, sha256, policy }) => [id, sha256, policy])]);
	}

	#allow(origin: string): void {
		this.#access = { origin, document: this.#documentNow() };
	}

	#mayAccess = (origin: string): boolean =>
		this.#access?.origin === origin && this.#access.document === this.#documentNow();

	/** Resolves where the origin may use what is open, after asking where need be. Several requests ask once. */
	async #needAccess(origin: string): Promise<void> {
		if (this.#mayAccess(origin)) return;
		if (this.#parts.deck.components.length === 0) throw new Error('Nothing is open yet.');
		if (this.#asking?.origin !== origin) {
			const question = this.#documentNow();
			const answer = this.#parts.propose({ kind: 'access', origin }, async () => {
				// What is open now is not what was asked about.
				if (this.#documentNow() !== question)
					throw new Error('What is open has changed meanwhile. Ask again.');
				this.#allow(origin);
			});
			this.#asking = { origin, answer };
			const done = () => (this.#asking = null);
			answer.then(done, done);
		}
		await this.#asking?.answer;
	}

	/** Proposes a change that, once made, also lets the origin use what is open then. The proposal says so. */
	#change(origin: string, proposal: Proposal, carryOut: () => void | Promise<void>): Promise<void> {
		return this.#parts.propose(proposal, async () => {
			await carryOut();
			this.#allow(origin);
		});
	}

	async #answer(request: EmbedRequest, origin: string): Promise<Outgoing<unknown>> {
		const { tapedeck, deck, open } = this.#parts;
		switch (request.method) {
			case 'hello':
				return echoed({ version: tapedeck.version, protocol: protocolVersion });
			case 'height':
				// It is that of the words and parts shown, which the page around has chosen itself; what calls do changes nothing of it.
				this.#heightFor = origin;
				return echoed(this.#height);
			case 'decide': {
				const { request: access, policy, engine } = request;
				return echoed(tapedeck.decide(access, { policy, ...(engine !== undefined && { engine }) }));
			}
			case 'open': {
				const { scenario: input } = request;
				const parsed =
					typeof input === 'string' && isLinkText(input) ? decodeLink(input) : parseScenario(input);
				if (!parsed.ok) throw new Error(parsed.error);
				const scenario = parsed.value;
				await readPolicies(scenario);
				return this.#change(origin, { kind: 'scenario', origin, scenario }, () => open(scenario)).then(
					nothing,
				);
			}
			case 'load': {
				const { bytes, id } = request;
				let loaded: unknown;
				await this.#change(origin, { kind: 'component', origin, id, size: bytes.length }, async () => {
					loaded = await tapedeck.load(bytes, id);
				});
				return echoed(loaded);
			}
			case 'setPolicy': {
				const { component, policy } = request;
				if (!deck.components.some(({ id }) => id === component))
					throw new Error(`Component not found: ${component}`);
				return this.#change(origin, { kind: 'policy', origin, component, policy }, () =>
					tapedeck.setPolicy(component, policy),
				).then(nothing);
			}
			case 'setEngine': {
				const { engine } = request;
				if (!resolveEngine(engine).ok) throw new Error(`Unknown engine: ${engine}`);
				return this.#change(origin, { kind: 'engine', origin, engine }, () =>
					tapedeck.setEngine(engine),
				).then(nothing);
			}
			case 'callTool': {
				// Wassette's own tools load components and change policies, and a component may bear the name of one.
				if (builtins.has(request.tool))
					throw new Error('Only the tools of components can be called from outside.');
				const found = deck.find(request.tool);
				if (!found.ok) throw new Error(found.error);
				await this.#needAccess(origin);
				return deck.outlet.json(await tapedeck.callTool(request.tool, request.arguments));
			}
			case 'activity':
				await this.#needAccess(origin);
				return deck.outlet.activity(tapedeck.activity());
			case 'scenario':
				await this.#needAccess(origin);
				return tapedeck.scenario();
			case 'link':
				await this.#needAccess(origin);
				return tapedeck.link();
			case 'subscribe':
				await this.#needAccess(origin);
				this.#subscribe(origin);
				return nothing();
			case 'unsubscribe':
				this.#unsubscribe?.();
				this.#unsubscribe = null;
				return nothing();
		}
	}

	/** Entries without secrets. What a call wrote before goes with them while that is looked for: a secret can be spread over several of them. */
	#hidden(entries: readonly ActivityEntry[]): Outgoing<readonly ActivityEntry[]> {
		const { deck } = this.#parts;
		const writing = new Set(entries.flatMap(({ kind, callId }) => (kind === 'output' ? [callId] : [])));
		const wanted = new Set(entries.map(({ id }) => id));
		const before = deck.activity.filter(
			({ kind, callId, id }) => kind === 'output' && writing.has(callId) && !wanted.has(id),
		);
		return deck.outlet.activity(entries, before);
	}

	/** Sends what is added to the record from now on, and calls once more when they end, while the origin may see it. */
	#subscribe(origin: string): void {
		const { deck, around } = this.#parts;
		this.#unsubscribe?.();
		let last = deck.activity.at(-1)?.id ?? 0;
		const running = new Set<number>();
		this.#unsubscribe = deck.subscribe(() => {
			const entries = this.#hidden(news(deck.activity, last, running));
			last = Math.max(last, deck.activity.at(-1)?.id ?? 0);
			if (entries.length > 0 && this.#mayAccess(origin))
				around.postMessage(happened(entries), { targetOrigin: origin });
		});
	}

	async #receive({ data, origin, source }: MessageFrom): Promise<void> {
		const { around, deck } = this.#parts;
		// A page with an opaque origin cannot be answered without answering whoever else might be in its place.
		if (source !== around || origin === 'null' || origin === '') return;
		const message = readMessage(data);
		if (!message) return;
		this.#asked = origin;
		const reply = (reply: Outgoing<EmbedReply>) => {
			// No tail call: JavaScriptCore would name the page around as the source of its own message.
			around.postMessage(reply, { targetOrigin: origin });
		};
		const { id, request } = message;
		const refuse = (words: string) => {
			reply(refused(id, this.#mayAccess(origin) ? deck.outlet.text(words) : echoed(words)));
		};
		if (!request.ok) return refuse(request.error);
		if (this.#waiting >= mostAtOnce) return refuse('Too many requests wait for an answer already.');
		this.#waiting += 1;
		try {
			const result = await this.#answer(request.value, origin);
			reply(answered(id, result));
		} catch (error) {
			refuse(error instanceof Error ? error.message : String(error));
		} finally {
			this.#waiting -= 1;
		}
	}
}

/** Entries after the last one sent, and calls sent as running that have ended since. */
function news(
	activity: readonly ActivityEntry[],
	last: number,
	running: Set<number>,
): readonly ActivityEntry[] {
	let from = activity.length;
	while (from > 0 && itemAt(activity, from - 1).id > last) from -= 1;
	const ended = [...running].flatMap((id) => {
		const entry = activity.find((other) => other.id === id);
		if (entry?.kind === 'tool-call' && entry.status === 'running') return [];
		running.delete(id);
		return entry ? [entry] : [];
	});
	const added = activity.slice(from);
	for (const entry of added)
		if (entry.kind === 'tool-call' && entry.status === 'running') running.add(entry.id);
	return [...ended, ...added];
}

const isLinkText = (text: string) => isLink(text.slice(text.indexOf('#') + 1)) && !/^\s*\{/.test(text);
