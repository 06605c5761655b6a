import { itemAt } from '../../core/item-at';
import type { Author, BuildStep, DescribedTool, ToolSource } from '../../author/build-tool';
import { newestEngineId } from '../../author/engine-id';
import type { WitWorld } from '../../core/wit';
import type { BuildProblem } from '../../author/problem';
import { starters, type Starter } from '../../author/starters';
import { isModuleText, isWat } from '../../component/is-wat';
import { worldOf } from '../../core/scenario';
import type { ComponentSource, DeckComponent } from '../../deck/deck';
import { mergeWorlds } from '../components/merge-worlds';
import { visibleText } from '../text/visible';
import { tooLong } from './too-long';
import type { Session } from '../session.svelte';

/** What the desk of new tools needs of the page. */
export interface AuthorSurface extends Pick<
	Session,
	'live' | 'selection' | 'loads' | 'console' | 'calls' | 'layout' | 'overlays' | 'undo' | 'notices'
> {
	readonly author: () => Promise<Author>;
}

/** A step of a build under way. */
export interface StepShown {
	readonly step: BuildStep | 'loading the component';
	readonly received?: number;
	readonly total?: number;
}

type Language = 'js' | 'wat';

/** Where a tool is written: its texts, what the last build said of them, and how it comes into the session. */
export class AuthorDesk {
	readonly #surface: AuthorSurface;
	#stop: AbortController | null = null;
	/** The source that a component of the session has, as it was taken up or last loaded. */
	#edited: { readonly wit: string; readonly source: string } | null = null;
	/** The texts that the last build was of. */
	#builtOf = $state.raw<string | null>(null);

	name = $state('hello');
	wit = $state('');
	source = $state('');
	language = $state<Language>('js');
	starter = $state.raw<Starter | null>(null);
	step = $state.raw<StepShown | null>(null);
	since = $state(0);
	problems = $state.raw<readonly BuildProblem[]>([]);
	/** What came of the last build; null where none has been made. */
	built = $state.raw<{ readonly bytes: Uint8Array; readonly sha256: string; readonly took: number } | null>(
		null,
	);

	/** What stands there is nobody's but the person's own: neither a starter nor a component's source as it was. */
	get isWritten(): boolean {
		const { starter } = this;
		const begun = starter && { wit: starter.wit, source: starter.js ?? starter.wat };
		return ![begun, this.#edited].some((one) => one && this.wit === one.wit && this.source === one.source);
	}

	/** The WIT counts: that of a script, or of a core module as text. */
	get hasWorld(): boolean {
		return this.language === 'js' || isModuleText(this.source);
	}

	// Not derived: the desk outlives the dialog in which it is made.
	get busy(): boolean {
		return this.step !== null;
	}

	/** What was built is what is written. */
	get isFresh(): boolean {
		return this.built !== null && this.#builtOf === this.#key;
	}

	constructor(surface: AuthorSurface) {
		this.#surface = surface;
		this.begin(itemAt(starters, 0));
	}

	get #toBuild(): ToolSource {
		const { wit, source, language } = this;
		return { wit, ...(language === 'wat' ? { wat: source } : { js: source }) };
	}

	get #key() {
		return JSON.stringify([this.language, this.wit, this.source]);
	}

	/** Puts a starter in the place of what is there. */
	begin = (starter: Starter) => {
		this.stop();
		this.starter = starter;
		this.name = starter.id;
		this.language = starter.wat === undefined ? 'js' : 'wat';
		this.wit = starter.wit;
		this.source = starter.js ?? starter.wat ?? '';
		this.problems = [];
		this.built = null;
	};

	/** Takes up the source of a component that was written here. */
	edit = ({ id, source }: DeckComponent) => {
		if (!('author' in source)) return;
		const { wit, js, wat } = source.author;
		if (this.name === id && this.wit === wit && this.source === (js ?? wat)) return;
		this.stop();
		this.starter = null;
		this.name = id;
		this.language = js === undefined ? 'wat' : 'js';
		this.wit = wit;
		this.source = js ?? wat ?? '';
		this.#edited = { wit, source: this.source };
		this.problems = [];
		this.built = null;
	};

	/** The source as a scenario has it. */
	get authored(): Extract<ComponentSource, { author: unknown }> {
		const { wit, source, language } = this;
		// A component as text has its types in itself, and no engine has a part in it.
		return this.hasWorld
			? {
					author: { wit, ...(language === 'wat' ? { wat: source } : { js: source }), engine: newestEngineId },
				}
			: { author: { wit: '', wat: source } };
	}

	/** The world of the WIT as it is, where it holds; what is suggested while a script is written comes from it. */
	get world(): WitWorld | null {
		return this.described?.world ?? null;
	}

	/** The world with the engine that it takes. */
	described = $state.raw<DescribedTool | null>(null);

	/** Reads the WIT as it is, and says what is wrong with it. Runs nothing. */
	look = async (): Promise<void> => {
		const { wit } = this;
		if (!this.hasWorld || this.busy) return;
		try {
			const described = await (await this.#surface.author()).describe({ wit });
			if (wit !== this.wit || this.busy) return;
			if (described.ok) this.described = described.value;
			const others = this.problems.filter((problem) => problem.in !== 'wit');
			const found = described.ok ? described.value.unbuildable : described.error;
			this.problems = found ? [found, ...others] : others;
		} catch {
			// A build says so.
		}
	};

	stop = () => {
		this.#stop?.abort();
		this.#stop = null;
		this.step = null;
	};

	/** Builds what is written, where that changed. False where nothing came of it: the problems say why. */
	build = async (): Promise<boolean> => {
		if (this.isFresh) return true;
		this.stop();
		const stop = (this.#stop = new AbortController());
		const key = this.#key;
		const began = performance.now();
		this.since = began;
		this.problems = tooLong(this);
		if (this.problems.length > 0) return false;
		const { signal } = stop;
		this.step = { step: 'fetching the builder' };
		try {
			const author = await this.#surface.author();
			const made = await author.build(this.#toBuild, {
				signal,
				callMs: this.#surface.live.deck.limits.callMs,
				onStep: (step, detail) => {
					if (!signal.aborted) this.step = { step, ...(typeof detail === 'object' ? detail : {}) };
				},
			});
			if (signal.aborted) return false;
			this.step = null;
			if (!made.ok) {
				this.problems = made.error;
				return false;
			}
			this.built = { ...made.value, took: performance.now() - began };
			this.#builtOf = key;
			return true;
		} catch (error) {
			if (signal.aborted) return false;
			this.step = null;
			const message = error instanceof Error ? error.message : String(error);
			this.problems = [
				{
					in: null,
					message: `The builder could not be had: ${message}. Check the connection and try again.`,
				},
			];
			return false;
		}
	};

	/** Builds, and puts the component into the session with the starter's policy, files and variables. Null where nothing came of it. */
	load = async (): Promise<DeckComponent | null> => {
		const { live, undo, notices } = this.#surface;
		const began = live.deck.begin();
		if (!(await this.build()) || !this.built) return null;
		const id = this.name.trim() || 'tool';
		const { bytes } = this.built;
		const before = live.components.find((component) => component.id === id);
		const starter = this.starter;
		this.step = { step: 'loading the component' };
		const { policy } = this;
		let moment: ReturnType<typeof undo.now> | null = null;
		const loaded = await live.deck.load(bytes, id, {
			source: this.authored,
			policy,
			began,
			world: before || !starter?.world ? undefined : (world) => mergeWorlds(world, partOf(starter.world)),
			onLand: () => (moment = undo.now()),
		});
		if (loaded.ok && moment && before && !before.provisional)
			undo.did(`${visibleText(id)} took the place of the component of that name.`, moment);
		this.step = null;
		if (loaded.ok) {
			const { wit, source } = this;
			this.#edited = { wit, source };
			return loaded.value;
		}
		notices.say(loaded.error);
		this.problems = [{ in: null, message: loaded.error }];
		return null;
	};

	/** Builds, loads, closes, and runs the first tool, with what its form holds or what the starter gives. */
	run = async (): Promise<void> => {
		const { selection, console, calls, loads, overlays, layout } = this.#surface;
		const component = await this.load();
		if (!component) return;
		overlays.close();
		loads.show(component);
		layout.showConsole();
		const wanted = this.starter?.call;
		const own = selection.tools.filter((tool) => tool.component?.id === component.id);
		const tool = own.find(({ name }) => name === wanted?.tool) ?? own[0];
		if (!tool) return;
		selection.showTool(tool);
		if (wanted && tool.name === wanted.tool && !console.recallArguments(tool))
			console.setArguments(tool, wanted.arguments as Parameters<typeof console.setArguments>[1]);
		calls.submit();
	};

	/** The files of the tool for other builders, as a script for a shell. Null where the WIT does not hold; the problems say why. */
	project = async (): Promise<string | null> => {
		if (!this.hasWorld) return this.source;
		const [author, { projectFiles, projectScript }] = await Promise.all([
			this.#surface.author(),
			import('../../author/project'),
		]);
		const files = await projectFiles(this.#toBuild, author);
		if (files.ok) return projectScript(files.value);
		this.problems = [files.error];
		return null;
	};

	/** The policy that the tool has in the session, or that its starter gives it. */
	get policy(): string | null {
		const there = this.#surface.live.components.find(({ id }) => id === this.name);
		return there ? there.policy : (this.starter?.policy ?? null);
	}

	get engine() {
		return this.#surface.live.engine;
	}

	/** Whether a text that was put into the source is WebAssembly text. */
	takeLanguage = () => {
		if (this.language === 'js' && isWat(new TextEncoder().encode(this.source))) this.language = 'wat';
	};
}

/** What of a world a starter names, to be laid over another. */
function partOf(described: Starter['world']) {
	const { files, variables, routes, network } = worldOf(described, Date.now());
	return { files, variables, routes, ...(described?.network && { network }) };
}

const desks = new WeakMap<AuthorSurface['live'], AuthorDesk>();

/** The desk of a session, which keeps what was written while its dialog is closed. */
export function authorDeskOf(surface: AuthorSurface): AuthorDesk {
	let desk = desks.get(surface.live);
	if (!desk) desks.set(surface.live, (desk = new AuthorDesk(surface)));
	return desk;
}
