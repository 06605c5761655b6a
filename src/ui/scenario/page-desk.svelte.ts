import { ok, type Result } from '../../core/result';
import type { SavedCall } from '../../core/scenario';
import { engineLabel } from '../policy/policy-facts';
import type { Session } from '../session.svelte';
import { focusPane } from '../shell/focus-pane';
import type { Spot } from '../text/spot';
import { unmade, type ScenarioCall } from './scenario-call';

type Desks = Pick<
	Session,
	'live' | 'steps' | 'saved' | 'console' | 'layout' | 'policy' | 'scenarios' | 'lessons'
>;

/** The verdict on a scenario as its page bears it. */
export interface Stamp {
	readonly kind: 'passed' | 'failed' | 'stopped' | 'old';
	readonly words: string;
	/** What the first difference was. */
	readonly detail: string | null;
}

/** The page of the scenario that is open: its words, its calls, and what became of them. */
export class PageDesk {
	readonly #session: Desks;
	#playing = $state.raw<SavedCall | null>(null);

	/** There is a scenario whose page can be shown: one with words, or one that was opened with calls. A lesson is a page of its own. */
	isOpen = $derived.by(() => {
		const { lessons, live, scenarios } = this.#session;
		const { title, description, calls = [] } = live.deck.notes;
		if (lessons.lesson) return false;
		return Boolean(title ?? description) || (scenarios.trail.isOpened && calls.length > 0);
	});
	title = $derived.by(() => this.#session.live.deck.notes.title ?? '');
	description = $derived.by(() => this.#session.live.deck.notes.description ?? '');
	calls = $derived.by<readonly ScenarioCall[]>(() =>
		this.#session.steps.list.map(({ call, outcomes }) => {
			const here = outcomes[0];
			return {
				...unmade(call),
				state: this.#playing === call ? 'running' : (here?.status ?? 'none'),
				isOld: here?.stale ?? false,
				difference: here?.difference?.message ?? null,
			};
		}),
	);
	/** Something runs, so that nothing else can. */
	busy = $derived.by(() => {
		const { console, steps, scenarios } = this.#session;
		return console.running || steps.running || scenarios.verifier.running;
	});
	stamp = $derived.by<Stamp | null>(() => {
		const { verdict, engine, first, stale } = this.#session.scenarios.verifier;
		if (engine === null || verdict === null || verdict === 'running' || verdict === 'nothing') return null;
		const under = `under ${engineLabel(engine)}`;
		if (stale) return { kind: 'old', words: 'Changed since it was verified', detail: null };
		if (verdict === 'stopped') return { kind: 'stopped', words: 'Stopped before the end', detail: null };
		return verdict === 'passed'
			? { kind: 'passed', words: `Reproduced ${under}`, detail: null }
			: { kind: 'failed', words: `Differs ${under}`, detail: first };
	});

	constructor(session: Desks) {
		this.#session = session;
	}

	get verifier() {
		return this.#session.scenarios.verifier;
	}

	get reproducer() {
		return this.#session.scenarios.reproducer;
	}

	get trail() {
		return this.#session.scenarios.trail;
	}

	get steps() {
		return this.#session.steps;
	}

	/** Makes one call in the console, where its result is read. */
	play = async (index: number): Promise<void> => {
		const { saved, steps, layout } = this.#session;
		const call = steps.calls[index];
		if (!call || this.busy) return;
		this.#playing = call;
		layout.showConsole();
		try {
			await saved.play(call);
		} finally {
			this.#playing = null;
		}
	};

	runAll = (): void => {
		const { layout, saved } = this.#session;
		layout.openDrawer('activity');
		void saved.run();
	};

	/** Makes the calls once more and holds them against what is expected; the page bears the verdict. */
	verify = (): void => void this.verifier.run();

	/** Changes the words. The error says why they are not taken. */
	describe = (words: { readonly title?: string; readonly description?: string }): Result<void, string> => {
		const { deck } = this.#session.live;
		const next = { ...deck.notes, ...words };
		return next.title === deck.notes.title && next.description === deck.notes.description
			? ok(undefined)
			: deck.setNotes(next);
	};

	/** Goes to a part of the page that the text points at. */
	point = ({ pane, line }: Spot): void => {
		const { layout, policy } = this.#session;
		switch (pane) {
			case 'call':
			case 'result':
				layout.showConsole();
				return void focusPane(pane === 'call' ? 'call-form' : 'result');
			case 'policy':
				layout.showSide('policy');
				if (line !== undefined) return policy.show(line, 1);
				return void focusPane('policy-editor');
			case 'files':
			case 'variables':
			case 'network':
			case 'settings':
				layout.showSide(pane);
				return void focusPane(pane);
			case 'messages':
				return layout.showDrawer('wire');
			case 'what-if':
				return layout.showDrawer('expectations');
			case 'activity':
			case 'steps':
			case 'problems':
				return layout.showDrawer(pane);
		}
	};
}
