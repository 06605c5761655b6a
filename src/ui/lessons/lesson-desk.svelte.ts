import { alteredCopy } from '../../core/lessons/altered-copy';
import { isPassed, type Goal, type Lesson } from '../../core/lessons/lesson';
import { toBase64Url } from '../../core/base64';
import { ok, type Result } from '../../core/result';
import type { Scenario } from '../../core/scenario';
import type { DeckContents } from '../../deck/deck';
import { openScenario, type FetchSource } from '../../deck/scenario';
import { recall, remember } from '../base/memory';
import type { Console, KeptConsole } from '../console/console.svelte';
import type { SessionParts } from '../parts';
import type { Selection } from '../selection.svelte';
import type { Sessions } from '../sessions/sessions.svelte';
import type { Notices } from '../shell/notices.svelte';

/** What the desk needs of the session it belongs to. */
interface Surface {
	readonly console: Pick<Console, 'keep' | 'restore' | 'setArguments' | 'remembers'>;
	readonly notices: Pick<Notices, 'say'>;
	readonly selection: Pick<Selection, 'tools' | 'tool' | 'selectTool'>;
	readonly scenarios: { readonly sessions: Pick<Sessions, 'keep' | 'moveOn'> };
}

/** A session put aside while a lesson is open. */
interface Kept {
	readonly contents: DeckContents;
	readonly console: KeptConsole;
	readonly toolKey: string | undefined;
}

const isNames = (value: unknown): value is string[] =>
	Array.isArray(value) && value.every((name) => typeof name === 'string');
const isName = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** The guided tour: the lesson that is open, how far it is, and the session that comes back when it is left. */
export class LessonDesk {
	readonly #surface: Surface;
	readonly #parts: Pick<SessionParts, 'deck' | 'loadSample'>;
	#kept: Kept | null = null;
	/** All lessons in their order, once they have come; none before. */
	#tour: readonly Lesson[] = [];
	/** The session of the deck that the lesson is. */
	#session: number | null = null;
	#at = $state.raw<number | null>(null);
	#lesson = $state.raw<Lesson | null>(null);
	#goals = $state.raw<readonly Goal[]>([]);
	/** Goals that are met by how the lesson begins, by their place: nobody did anything for them yet. */
	#given: readonly number[] = [];
	/** What the policies were when it began. */
	#began: readonly (string | null)[] = [];
	#isOver = $state.raw(false);
	#passed = $state.raw<readonly string[]>(recall('lessons-passed', isNames, []));
	#invites = $state.raw(!recall('lessons-met', isFlag, false));
	#opening = $state.raw(false);
	#problem = $state.raw<string | null>(null);

	/** Only its headline is shown. */
	collapsed = $state(false);
	hinted = $state(false);

	lesson = $derived(this.#lesson);
	/** Its place in the tour, from 0. */
	at = $derived(this.#at);
	goals = $derived(this.#goals);
	/** The tour was walked to its end; shown until it is put away. */
	isOver = $derived(this.#isOver);
	/** The open lesson's goals are met as things are. */
	isPassed = $derived(this.#goals.length > 0 && isPassed(this.#goals));
	/** The ids of all lessons that were passed, in earlier visits too. */
	passed = $derived(this.#passed);
	/** Nobody has answered the invitation yet. */
	invites = $derived(this.#invites && this.#at === null);
	opening = $derived(this.#opening);
	/** Why the lesson that was asked for last did not open; null where it did. */
	problem = $derived(this.#problem);

	/** Whether a lesson is what the deck holds: not where another session was opened in its place. */
	get isInDeck(): boolean {
		return this.#at !== null && this.#parts.deck.session === this.#session;
	}

	constructor(surface: Surface, parts: Pick<SessionParts, 'deck' | 'loadSample'>) {
		this.#surface = surface;
		this.#parts = parts;
		this.#parts.deck.subscribe(this.#check);
	}

	/** Opens the tour where it was left; where a lesson is open, shows it whole. */
	start = async (): Promise<void> => {
		this.collapsed = false;
		if (this.#at !== null || !(await this.#fetchTour())) return;
		const last = recall('lesson', isName, '');
		await this.open(
			Math.max(
				0,
				this.#tour.findIndex(({ id }) => id === last),
			),
		);
	};

	/** Puts the session aside, unless that was done, and opens a lesson from its beginning. Runs nothing. */
	open = async (at: number): Promise<void> => {
		if (this.#opening || !(await this.#fetchTour())) return;
		const lesson = this.#tour[at];
		if (!lesson) return;
		this.#opening = true;
		this.#problem = null;
		const { console, notices, scenarios } = this.#surface;
		const began = this.#parts.deck.begin();
		let kept = this.#kept;
		const scenario = await this.#scenarioOf(lesson);
		const opened = scenario.ok
			? await openScenario(this.#parts.deck, scenario.value, {
					fetchSource: this.#fetch,
					now: Date.now(),
					began,
					beforeReplace: async () => {
						await scenarios.sessions.keep();
						// What was changed while the lesson was fetched goes along.
						if (!this.isInDeck) kept = this.#keep();
					},
				})
			: scenario;
		this.#opening = false;
		if (!opened.ok) {
			this.#problem = `The lesson could not be opened. ${opened.error}`;
			// It stands in the lesson from which another one was asked for.
			if (this.#at === null) notices.say(this.#problem);
			return;
		}
		this.#kept = kept;
		this.#at = at;
		this.#lesson = lesson;
		this.#session = this.#parts.deck.session;
		this.hinted = false;
		this.collapsed = false;
		this.decline();
		remember('lesson', this.#parts.deck.outlet.text(lesson.id));
		console.remembers = false;
		console.restore({ arguments: [], runs: [] });
		this.#fillIn(lesson);
		this.#given = [];
		this.#began = this.#parts.deck.components.map(({ policy }) => policy);
		this.#check();
		this.#given = this.#goals.flatMap(({ met }, place) => (met ? [place] : []));
		this.#check();
	};

	/** Opens another lesson; the one that is open stays as it is. */
	pick = (at: number): Promise<void> => (at === this.#at ? Promise.resolve() : this.open(at));

	restart = () => (this.#at === null ? Promise.resolve() : this.open(this.#at));

	/** To a step before or after; after the last one the tour is over. */
	move = (steps: number): Promise<void> => {
		if (this.#at === null) return Promise.resolve();
		const to = this.#at + steps;
		if (to < this.#tour.length) return this.open(to);
		this.leave();
		this.#isOver = true;
		return Promise.resolve();
	};

	/** Puts the end of the tour away. */
	close = () => {
		this.#isOver = false;
	};

	/** Ends the tour and brings back the session that was put aside. One that was opened in its place meanwhile stays. */
	leave = () => {
		const { lesson, isInDeck } = this;
		const kept = this.#kept;
		const { console, notices } = this.#surface;
		if (!lesson || !kept) return;
		this.#at = this.#lesson = null;
		this.#goals = [];
		this.#kept = null;
		console.remembers = true;
		if (isInDeck) this.#restore(kept);
		else
			notices.say('Another session was opened during the lesson.', {
				label: 'Bring back the one before',
				run: () => void this.#restoreBeside(kept),
			});
	};

	/** Takes the invitation away for good. */
	decline = () => {
		this.#invites = false;
		remember('lessons-met', true);
	};

	/** False where the lessons cannot be had, which is said. */
	async #fetchTour(): Promise<boolean> {
		if (this.#tour.length > 0) return true;
		this.#opening = true;
		const fetched = await import('../../core/lessons').catch(() => null);
		this.#opening = false;
		if (fetched) this.#tour = fetched.lessons;
		else this.#surface.notices.say('The lessons could not be fetched. Check the connection, and try again.');
		return fetched !== null;
	}

	#keep(): Kept {
		const { console, selection } = this.#surface;
		const { components, engine, world, limits, notes, activity } = this.#parts.deck;
		return {
			contents: { components, engine, world, limits, notes, activity },
			console: console.keep(),
			toolKey: selection.tool?.key,
		};
	}

	/** Brings a session back without taking the place of the one that is open now. */
	async #restoreBeside(kept: Kept): Promise<void> {
		const { sessions } = this.#surface.scenarios;
		await sessions.keep();
		void sessions.moveOn(null);
		this.#restore(kept);
	}

	#restore({ contents, console, toolKey }: Kept) {
		this.#parts.deck.replace(contents);
		this.#surface.console.restore(console);
		const { selection } = this.#surface;
		const tool = selection.tools.find(({ key }) => key === toolKey);
		if (tool) selection.selectTool(tool);
	}

	#fillIn({ scenario }: Lesson) {
		const { console, selection } = this.#surface;
		const calls = scenario.calls ?? [];
		const own = selection.tools.filter(({ component }) => component !== null);
		for (const call of calls) {
			for (const tool of own.filter(({ name }) => name === call.tool))
				console.setArguments(tool, call.arguments);
		}
		const first = own.find(({ name }) => name === calls[0]?.tool);
		if (first) selection.selectTool(first);
	}

	/** The lesson's scenario, with the altered copy in it where it has one. */
	async #scenarioOf({ scenario, altered }: Lesson): Promise<Result<Scenario, string>> {
		const wanted = scenario.components.find(({ id }) => id === altered);
		if (!wanted) return ok(scenario);
		const bytes = await this.#fetch(wanted.source, { id: wanted.id });
		if (!bytes.ok) return bytes;
		const source = { bytes: toBase64Url(alteredCopy(bytes.value)) };
		const components = scenario.components.map((other) => (other === wanted ? { ...other, source } : other));
		return ok({ ...scenario, components });
	}

	readonly #fetch: FetchSource = async (source, { signal }) => {
		if (!('sample' in source)) return { ok: false, error: 'Lessons play samples only.' };
		const sample = await this.#parts.loadSample(source.sample, { signal });
		return sample.ok ? ok(sample.value.bytes) : sample;
	};

	/** Looks at the session as it is. A lesson that was passed once stays so. */
	readonly #check = () => {
		const { lesson } = this;
		if (!lesson || this.#opening) return;
		const { components, engine, world, activity } = this.#parts.deck;
		const goals = lesson.check({ components, engine, world, activity });
		const isUntouched = components.every(({ policy }, place) => policy === this.#began[place]);
		// What the lesson begins with counts once something was done for it, or once nothing else is left to do.
		const isRest = goals.every(({ met }, place) => met || this.#given.includes(place));
		this.#goals =
			isUntouched && !(isRest && goals.some((_, place) => !this.#given.includes(place)))
				? goals.map((goal, place) =>
						goal.met && this.#given.includes(place) ? { text: goal.text, met: false } : goal,
					)
				: goals;
		if (!isPassed(this.#goals) || this.#passed.includes(lesson.id)) return;
		this.#passed = [...this.#passed, lesson.id];
		remember('lessons-passed', this.#parts.deck.outlet.json(this.#passed));
	};
}
