import { answersOf } from '../core/answers';
import { printJson } from '../core/json';
import { ActivityDesk } from './activity/activity-desk';
import { AgentDesk } from './agents/agent-desk.svelte';
import { WebAgent } from './agents/web-agent.svelte';
import { Arrivals } from './arrival/arrivals.svelte';
import { ActivityView } from './activity/activity-view.svelte';
import type { ComparisonSurface } from './compare/comparison.svelte';
import { ComponentDesk } from './components/component-desk';
import { LoadDesk } from './components/load-desk';
import { CallDesk } from './console/call-desk.svelte';
import { Console } from './console/console.svelte';
import { FilesDesk } from './files/files-desk.svelte';
import { LessonDesk } from './lessons/lesson-desk.svelte';
import { LiveDeck } from './live-deck.svelte';
import { OpenedDesk } from './open/opened-desk';
import { Overlays } from './overlays.svelte';
import type { SessionParts } from './parts';
import { GrantDesk } from './policy/grant-desk';
import { PolicyDesk } from './policy/policy-desk.svelte';
import { Remotes } from './remote/remotes.svelte';
import { PageDesk } from './scenario/page-desk.svelte';
import { ScenarioDesk } from './scenario-desk.svelte';
import { Selection } from './selection.svelte';
import { Layout } from './shell/layout.svelte';
import { Notices } from './shell/notices.svelte';
import { Theme } from './shell/theme.svelte';
import { StepDesk } from './steps/step-desk';
import type { StepServer } from './steps/step-outcome';
import { Steps, type StepSurface } from './steps/steps.svelte';
import { UndoDesk } from './undo/undo-desk.svelte';
import { WhatIf } from './what-if/what-if.svelte';
import { WireView } from './wire/wire-view.svelte';

/**
 * The desks of the page, over one deck. Each does one kind of work, says which others it needs, and asks for them when it does that work;
 * a component is given its desk. They know no MCP and no sandbox.
 */
export class Session {
	readonly layout = new Layout();
	readonly theme = new Theme();
	readonly notices = new Notices();
	readonly overlays = new Overlays();
	readonly live: LiveDeck;
	readonly undo: UndoDesk;
	readonly agents = new AgentDesk();
	readonly webAgent: WebAgent;
	readonly remotes: Remotes;
	readonly selection: Selection;
	readonly components: ComponentDesk;
	readonly arrivals: Arrivals;
	readonly loads: LoadDesk;
	readonly console: Console;
	readonly calls: CallDesk;
	readonly policy: PolicyDesk;
	readonly grants: GrantDesk;
	readonly whatIf: WhatIf;
	readonly activity: ActivityView;
	readonly record: ActivityDesk;
	readonly files: FilesDesk;
	readonly wire: WireView;
	readonly steps: Steps;
	readonly saved: StepDesk;
	readonly lessons: LessonDesk;
	readonly opened: OpenedDesk;
	readonly scenarios: ScenarioDesk;
	readonly page: PageDesk;
	/** What there is to choose from beside what a person brings. */
	readonly shelf: Pick<SessionParts, 'samples' | 'sampleScenario' | 'index' | 'mirrors' | 'searchDirectory'>;
	/** What a comparison of kinds of isolation is made from. */
	readonly comparing: ComparisonSurface;
	/** What makes components of sources. */
	readonly author: SessionParts['author'];
	readonly protocol: SessionParts['protocol'];
	/** The product's version. */
	readonly version: string;

	constructor(parts: SessionParts) {
		const { deck, client } = parts;
		const now = () => performance.now();
		this.version = parts.version;
		this.protocol = parts.protocol;
		this.author = parts.author;
		this.webAgent = new WebAgent(parts.offerTools ?? null);
		const { samples, sampleScenario, index, mirrors, searchDirectory } = parts;
		this.shelf = { samples, sampleScenario, index, mirrors, searchDirectory };
		deck.subscribe(this.#leave(parts));
		this.live = new LiveDeck(deck);
		this.undo = new UndoDesk(deck, this.notices);
		this.remotes = new Remotes(parts.connectRemote);
		this.selection = new Selection(this, client);
		this.components = new ComponentDesk(this);
		this.arrivals = new Arrivals(this);
		this.loads = new LoadDesk(this, parts);
		this.console = new Console(client, now, {
			outlet: () => deck.outlet,
			answers: () => answersOf(deck.world),
		});
		this.calls = new CallDesk(this);
		this.comparing = {
			...{ selection: this.selection, live: this.live, console: this.console },
			runUnder: parts.runUnder,
		};
		this.policy = new PolicyDesk(this);
		this.grants = new GrantDesk(this, parts);
		this.whatIf = new WhatIf(this);
		this.activity = new ActivityView(this);
		this.record = new ActivityDesk(this);
		this.files = new FilesDesk(this.live);
		this.wire = new WireView(parts.wire);
		this.steps = new Steps(this.#stepSurface(parts), now);
		this.saved = new StepDesk(this);
		this.lessons = new LessonDesk(this, parts);
		this.opened = new OpenedDesk(this, parts);
		this.scenarios = new ScenarioDesk(this, parts);
		this.page = new PageDesk(this);
	}

	/** What belongs to a session goes with it. */
	#leave({ deck }: SessionParts): () => void {
		let left = deck.session;
		return () => {
			if (deck.session === left) return;
			left = deck.session;
			this.notices.leaveSession();
			this.agents.leaveSession();
			void this.webAgent.set(false);
			const stopped = this.console.leaveSession() ?? (this.steps.running ? 'steps' : null);
			this.steps.leaveSession();
			if (stopped)
				this.notices.say(
					`The session was replaced while ${stopped} ran, so what ran was stopped and its result dropped.`,
				);
		};
	}

	#stepSurface(parts: SessionParts): StepSurface {
		const { live, remotes, undo } = this;
		const servers = $derived.by<readonly StepServer[]>(() => [
			{ key: 'page', name: 'this page', client: parts.client, record: parts.deck },
			// A lesson is about this page.
			...(this.lessons?.lesson ? [] : remotes.servers)
				.filter(({ problem }) => problem === null)
				.map(({ id, name, client }) => ({ key: `remote/${id}`, name, client, record: null })),
		]);
		const identity = identities();
		const signature = $derived.by(() => {
			const { routes, variables, ...answers } = { ...answersOf(live.world), variables: live.world.variables };
			return printJson([
				...[live.engine, identity(routes), identity(variables), { ...answers }],
				...live.components.map(({ id, sha256, policy }) => [id, sha256, policy]),
			]);
		});
		return {
			get deck() {
				return live.deck;
			},
			get servers() {
				return servers;
			},
			get signature() {
				return signature;
			},
			doing: undo.doing,
		};
	}
}

/** A number for each object, the same for the same one. */
function identities(): (of: object) => number {
	const known = new WeakMap<object, number>();
	let last = 0;
	return (of) => {
		const number = known.get(of) ?? ++last;
		known.set(of, number);
		return number;
	};
}
