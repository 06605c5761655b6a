import { isLink, withContents, type Scenario } from '../core/scenario';
import { openScenario } from '../deck/scenario';
import type { Result } from '../core/result';
import type { Beginning } from '../deck/deck';
import type { SessionHead } from '../deck/session-head';
import type { SavedSession } from '../deck/session-store';
import { Opening } from './open/opening.svelte';
import type { Answer, Origin } from './open/question';
import type { SessionParts } from './parts';
import type { Session } from './session.svelte';
import { quietWords } from '../deck/run-marker';
import { Sessions } from './sessions/sessions.svelte';
import type { Claim } from './sessions/tab-lock';
import { askForSecrets } from './open/ask-for-secrets';
import { knownBytes } from './open/known-bytes';
import { pastedLink } from './open/pasted-link';
import { sourceInAddress } from './open/page-address';
import {
	leaveSession,
	nameInAddress,
	packSession,
	returnToSession,
	unpackSession,
} from './open/leave-session';
import { FreezeDesk } from './share/freeze-desk.svelte';
import { Trail } from './open/trail.svelte';
import { takeScenarioFiles } from './open/scenario-files';
import { visibleText as visible } from './text/visible';
import { Reproducer } from './reproduction/reproducer.svelte';
import { Verifier } from './verify/verifier.svelte';

/** What the page is about to show first: a sample, and nothing run. */
export interface FirstVisit {
	/** Null for nothing: what comes first is on its way by another door. */
	readonly sample: string | null;
	/** Told at once where nothing in the address stands before it: the sample may be needed. */
	readonly expected?: () => void;
	/** Told once components are about to be loaded and no question stands before it. */
	readonly beforeLoading?: () => void;
}

type Desks = Pick<
	Session,
	| 'console'
	| 'live'
	| 'layout'
	| 'lessons'
	| 'loads'
	| 'notices'
	| 'opened'
	| 'overlays'
	| 'selection'
	| 'steps'
	| 'undo'
>;

/** Scenarios on this page: opening them, keeping them, freezing the world, and verifying. */
export class ScenarioDesk {
	readonly #session: Desks;
	readonly #parts: SessionParts;
	readonly opening: Opening;
	readonly sessions: Sessions;
	readonly verifier: Verifier;
	readonly reproducer: Reproducer;
	readonly freezing: FreezeDesk;
	/** The page's address, and the way back. */
	readonly trail: Trail;
	/** Goes on with the start of the page once a question is put aside. */
	#onward: (() => Promise<void>) | null = null;

	constructor(session: Desks, parts: SessionParts) {
		this.#session = session;
		this.#parts = parts;
		const { deck, client, store, runs, fetchSource, fetchText } = parts;
		this.sessions = new Sessions({
			...{ deck, store, runs },
			notices: session.notices,
			deed: (...of) => session.undo.deed(...of),
			paused: () => session.lessons.isInDeck,
		});
		this.trail = new Trail({
			deck,
			keep: () => leaveSession(session, deck, this.sessions),
			restore: (left) => returnToSession(left, session, deck, this),
			pack: () => packSession(deck),
			unpack: this.#returnToPacked,
		});
		this.verifier = new Verifier({
			...{ deck, client, now: () => performance.now() },
			onstep: (result) => session.steps.note(result),
		});
		this.reproducer = new Reproducer({
			deck: () => session.live.deck,
			rehearse: parts.rehearse,
			now: () => performance.now(),
		});
		this.freezing = new FreezeDesk(session, deck);
		this.opening = new Opening({
			deck,
			fetchSource,
			fetchText,
			knownBytes: (sha256) => knownBytes(this.#parts, sha256),
			hasWork: () => this.sessions.hasWork(),
			beforeReplace: async () => {
				await this.sessions.keep();
				this.trail.leave();
			},
			onopened: this.#opened,
			ondismissed: this.#dismissed,
			now: () => Date.now(),
			mirrors: () => parts.mirrors.all,
		});
	}

	/**
	 * Starts the page: asks about a scenario in its address, else goes on with the session of this tab, else shows the sample of a first
	 * visit. After a run that did not end by itself it only asks.
	 */
	start = async (first: FirstVisit): Promise<void> => {
		addEventListener('hashchange', () => {
			if (isLink(location.hash) && !this.trail.knows) void this.opening.link(location.hash);
		});
		addEventListener('paste', this.#pasted);
		this.trail.start();
		if (!isLink(location.hash) && sourceInAddress() === null) first.expected?.();
		const kept = await this.sessions.resume();
		// A first visit has nothing to look for, and shows its sample at once.
		const unfinished = kept && (await this.sessions.unfinishedRun());
		const onward = async () => {
			if (unfinished) return this.#askQuietly(kept, quietWords(unfinished), first);
			first.beforeLoading?.();
			if (kept && (await this.#restore(kept))) return;
			// One that could not be restored stays as it was kept.
			if (kept) await this.sessions.moveOn(null);
			await this.#startAfresh(first.sample);
		};
		const source = sourceInAddress();
		if ((!isLink(location.hash) && source === null) || (kept && this.trail.isHere)) {
			await onward();
			return;
		}
		this.#onward = onward;
		if (isLink(location.hash)) await this.opening.link(location.hash, kept !== null && !kept.provisional);
		else if (source !== null) this.opening.address(source);
	};

	/** Opens scenarios among files, and returns the others. */
	takeFiles = async (files: readonly File[]): Promise<readonly File[]> => {
		const { scenario, rest } = await takeScenarioFiles(files);
		if (scenario?.ok) await this.opening.text(scenario.value);
		else if (scenario) this.opening.refuse(scenario.error);
		return rest;
	};

	/** Told when a script has opened a scenario, which answers a question that stood open. */
	openedElsewhere = () => {
		this.opening.withdraw();
		this.#onward = null;
		this.sessions.follow(false);
		this.trail.clear();
		this.#session.opened.show(true);
	};

	/** Opens a scenario of this site's own in the place of the session, which *Back* returns to. */
	openOwn = async (scenario: Scenario): Promise<Result<void, string>> => {
		await this.sessions.keep();
		this.trail.leave();
		const opened = await this.#session.opened.openScenario(scenario);
		if (opened.ok) await nameInAddress(scenario, this.#parts.deck, this.trail);
		return opened;
	};

	openSaved = async (head: SessionHead): Promise<void> => {
		const began = this.#parts.deck.begin();
		if (this.sessions.isOpenHere(head)) await this.sessions.keep();
		const saved = await this.sessions.read(head);
		if (!saved) {
			// What was said of it offers a download, which a dialog would stand before.
			this.#session.overlays.close();
			return;
		}
		const claim = await this.sessions.claim(head);
		if (!claim) {
			this.#session.notices.say('This session is open in another tab. Go on with it there.');
			return;
		}
		if (await this.#restore(saved, { began, claim })) this.#session.overlays.close();
	};

	/** Shows the verdict, and begins with it. */
	verify = () => {
		this.#session.overlays.open('verify');
		void this.verifier.run();
	};

	async #startAfresh(sample: string | null): Promise<void> {
		if (sample !== null && this.#parts.deck.components.length === 0)
			await this.#session.loads.sample(sample, true);
		this.sessions.follow(true);
	}

	/** Goes back to a session that the page was reloaded since. */
	#returnToPacked = async (link: string, id: string | undefined): Promise<void> => {
		const scenario = await unpackSession(link);
		if (!scenario) return;
		this.opening.withdraw();
		await this.sessions.returnTo({
			id: id ?? this.sessions.current.id,
			name: this.sessions.all.find((head) => head.id === id)?.name ?? null,
		});
		await this.#restore({ ...this.sessions.current, savedAt: 0, scenario });
		void this.sessions.keep();
	};

	#askQuietly(kept: SavedSession, reason: string, first: FirstVisit): Promise<void> {
		this.#onward = async () => {
			await this.#parts.runs.forget();
			await this.sessions.moveOn(null);
			first.beforeLoading?.();
			await this.#startAfresh(first.sample);
		};
		return this.opening.session(withContents(kept.scenario, kept.contents), reason);
	}

	/** Loads a kept session from what this browser has, fetching nothing from elsewhere; says why not where that fails. */
	async #restore(
		{ scenario, contents, provisional }: SavedSession,
		{ began, claim }: { readonly began?: Beginning; readonly claim?: Claim } = {},
	): Promise<boolean> {
		const { notices } = this.#session;
		const opened = await openScenario(this.#parts.deck, scenario, {
			fetchSource: async (source, options) => {
				const digest = scenario.components.find(({ id }) => id === options.id)?.sha256;
				const known = digest ? await knownBytes(this.#parts, digest) : null;
				if (known) return { ok: true, value: known };
				if ('sample' in source) return this.#parts.fetchSource(source, options);
				return { ok: false, error: 'This browser no longer has its bytes. Load it again.' };
			},
			// What was built of a source is kept with its session, and not built again.
			knownBytes: (sha256) => knownBytes(this.#parts, sha256),
			now: Date.now(),
			...{ provisional, began },
			beside: contents,
			ownLimits: true,
			// What a person kept was loaded before, with or without their word.
			insistsOn: () => true,
			beforeReplace: this.sessions.keep,
		});
		if (!opened.ok) {
			claim?.leave();
			notices.say(`The session could not be restored. ${visible(opened.error)}`);
			return false;
		}
		claim?.land();
		this.sessions.follow(provisional ?? false);
		if (began) this.trail.clear();
		else this.trail.resumed();
		this.#session.opened.show(false);
		askForSecrets(scenario, this.#session);
		return true;
	}

	#opened = async (scenario: Scenario, origin: Origin, answer: Answer): Promise<void> => {
		const before = this.sessions.name;
		if (answer === 'copy') await this.sessions.moveOn(scenario.title ?? 'Opened from a link');
		void this.#parts.runs.forget();
		this.#onward = null;
		if (origin === 'session') this.trail.clear();
		else await nameInAddress(scenario, this.#parts.deck, this.trail);
		this.sessions.follow(false);
		this.#session.opened.show(origin !== 'session');
		this.#session.overlays.close();
		askForSecrets(scenario, this.#session);
		if (answer === 'copy')
			this.#session.notices.say(
				`This is a copy. Your session is kept${before === null ? '' : ` as ${visible(before)}`}, under Sessions.`,
				{ label: 'Go back to it', run: this.trail.back },
			);
		void this.sessions.keep();
	};

	#dismissed = () => {
		this.trail.dismissed();
		const onward = this.#onward;
		this.#onward = null;
		void onward?.();
	};

	#pasted = (event: ClipboardEvent) => {
		const link = pastedLink(event);
		if (link !== null) void this.opening.link(link);
	};
}
