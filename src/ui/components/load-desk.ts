import type { HeldTo } from '../../artifact/by-hand';
import type { Understood } from '../../core/address';
import { err, ok, type Result } from '../../core/result';
import type { Beginning, Deck, DeckComponent } from '../../deck/deck';
import type { DroppedFile } from '../../artifact/archive/read-files';
import { most } from '../../core/limits';
import type { Scenario } from '../../core/scenario';
import { sessionGone } from '../../deck/deck';
import type { LoadedSample, SessionParts } from '../parts';
import type { Session } from '../session.svelte';
import { isLinkText } from '../open/pasted-link';
import { sharedBy } from '../console/shared-by';
import { visibleText } from '../text/visible';
import { LoadTasks, type LoadParts } from './load-tasks.svelte';
import { mergeWorlds } from './merge-worlds';
import { sortFiles } from './sort-files';
import { sortPacked } from './sort-packed';

type Desks = Pick<
	Session,
	| 'arrivals'
	| 'live'
	| 'selection'
	| 'console'
	| 'files'
	| 'layout'
	| 'notices'
	| 'remotes'
	| 'scenarios'
	| 'undo'
>;

/** What is awaited by hand, since its server lets no page read it. */
export interface Awaited {
	readonly held: HeldTo;
	readonly understood: Understood;
	/** Told when it has come. */
	readonly onbrought: () => void;
}

/** Brings components, and what comes with them, into the session that is open when they are asked for, and shows them; takes them out. */
export class LoadDesk {
	readonly #session: Desks;
	readonly #deck: Deck;
	readonly loader: LoadTasks;
	readonly #sampleScenario: SessionParts['sampleScenario'];
	#awaited: Awaited | null = null;
	/** What the page of the last sample says; another sample's takes its place, and nobody else's. */
	#pageOfSample: Deck['notes'] | null = null;

	constructor(session: Desks, parts: LoadParts & Pick<SessionParts, 'deck' | 'sampleScenario'>) {
		this.#session = session;
		this.#sampleScenario = parts.sampleScenario;
		this.#deck = parts.deck;
		this.loader = new LoadTasks(parts, session.undo);
	}

	sample = (name: string, provisional = false): Promise<void> => this.#sample(name, provisional);

	/** A sample from the gallery: loaded, and shown where only one pane fits. */
	openSample = (name: string): Promise<void> => {
		this.#session.layout.showConsole();
		return this.#sample(name, false);
	};

	/** A component at an address, or a link to a scenario, which is asked about. False where nothing came of it; the task of that name says why. */
	address = async (address: string, origins?: readonly string[]): Promise<boolean> => {
		if (isLinkText(address)) {
			await this.#session.scenarios.opening.link(address);
			return true;
		}
		const { arrivals } = this.#session;
		const component = await this.loader.address(address, origins, async (pulled) => {
			const found = { ...pulled, signatures: [] };
			const [taken] = await arrivals.ask({ components: [found], remarks: [] });
			return taken ?? null;
		});
		if (component) this.show(component);
		return component !== null;
	};

	/** Holds the next files to a digest, since the page could not fetch what has it; null takes files as they are again. */
	expect = (awaited: Awaited | null) => {
		this.#awaited = awaited;
	};

	/** Takes in what was brought by hand. The error is a sentence. */
	bring = async (files: readonly File[]): Promise<Result<void, string>> => {
		if (this.#awaited)
			return this.#hold(
				this.#awaited,
				files.map((file) => ({ path: file.name, file })),
			);
		await this.files(files);
		return ok(undefined);
	};

	/** Takes in what proves to be what is awaited, and nothing else, as it would have come from where it was to be fetched. */
	async #hold(awaited: Awaited, dropped: readonly DroppedFile[]): Promise<Result<void, string>> {
		const began = this.#deck.begin();
		const { holdFiles, broughtIdentity, spreadFiles } = await import('../../artifact/brought');
		const files = await spreadFiles(dropped);
		if (!files.ok) return files;
		const held = await holdFiles(awaited.held, files.value);
		if (!held.ok) return held;
		const { artifact } = held.value;
		const { id, source } = broughtIdentity(awaited.understood, artifact.component.title ?? '');
		const from = 'oci' in source ? source : artifact.from;
		const found = { ...held.value, artifact: { ...artifact, from } };
		const [taken] = await this.#session.arrivals.ask({ components: [found], remarks: [] });
		if (!taken) return ok(undefined);
		const component = await this.loader.arrived({ ...taken, id, source }, began);
		if (!component) return err('It could not be loaded; the list of components says why.');
		this.show(component);
		this.expect(null);
		awaited.onbrought();
		return ok(undefined);
	}

	/** Takes in dropped or picked files: components, each with the policy beside it, or a policy for the component that is open. */
	files = async (files: readonly File[]): Promise<void> => {
		const { notices, scenarios } = this.#session;
		if (this.#awaited) {
			const brought = await this.bring(files);
			if (!brought.ok) notices.say(visibleText(brought.error));
			return;
		}
		const began = this.#deck.begin();
		const { component: open } = this.#session.selection;
		const packed = await sortPacked(files);
		for (const group of packed.groups) await this.packed(group, began);
		if (packed.signatures.length > 0) await this.#sign(open, packed.signatures);
		const { components, policyAlone } = await sortFiles(await scenarios.takeFiles(packed.rest));
		for (const { file, policy } of components) {
			const component = await this.loader.file(file, policy, began);
			if (component) this.show(component);
		}
		if (policyAlone === null) return;
		if (!this.#deck.isPresent(began)) notices.say(sessionGone('the policy'));
		else this.#attach(open, policyAlone);
	};

	/** Takes in what is in an archive or a folder, once a person has said which of it. */
	packed = async (files: readonly DroppedFile[], began = this.#deck.begin()): Promise<void> => {
		const { notices, arrivals } = this.#session;
		if (this.#awaited) {
			const brought = await this.#hold(this.#awaited, files);
			if (!brought.ok) notices.say(visibleText(brought.error));
			return;
		}
		const reader = await import('../../artifact/archive/read-files').catch(() => null);
		if (!reader) {
			notices.say('What reads archives could not be fetched. Check the connection and try again.');
			return;
		}
		const found = await reader.readFiles(files);
		if (!found.ok) {
			notices.say(visibleText(found.error));
			return;
		}
		for (const taken of await arrivals.ask(found.value)) {
			const component = await this.loader.arrived(taken, began);
			if (component) this.show(component);
		}
	};

	/** Connects to a server elsewhere, and shows its first tool. False where it does not answer; the attempt says why. */
	server = async (address: string): Promise<boolean> => {
		const { remotes, selection } = this.#session;
		const server = await remotes.connect(address);
		const tool = server && selection.tools.find((other) => other.server?.id === server.id);
		if (tool) selection.selectTool(tool);
		return server !== null;
	};

	unload = ({ id }: DeckComponent) =>
		this.#session.undo.doing(`${visibleText(id)} was unloaded, with its policy.`, () =>
			this.#deck.unload(id),
		);

	/** Makes a component the one that is shown. */
	show = (component: DeckComponent) => {
		const { layout, notices, live, selection } = this.#session;
		selection.showComponent(component);
		layout.openSide('policy');
		const [shared] = component.tools.flatMap(({ name }) => sharedBy(live.components, name) ?? []);
		if (shared) notices.say(shared.sentence);
	};

	/** Adds signatures that came by themselves to the component that is open. */
	async #sign(open: DeckComponent | null, files: readonly File[]) {
		const { notices } = this.#session;
		const component = this.#deck.components.find(({ id }) => id === open?.id);
		if (!component)
			return notices.say('A signature belongs to a component. Load the component first, then its signature.');
		const fitting = files.filter(({ size }) => size <= most.signatureText);
		const texts = await Promise.all(fitting.map((file) => file.text()));
		const { signatures = [], manifest = null, lists } = component.provenance ?? {};
		const all = [...new Set([...signatures, ...texts])].slice(0, most.signatures);
		this.#deck.setSigned(component.id, { provenance: { signatures: all, manifest, lists } });
		notices.say(`The signature was added to ${visibleText(component.id)}. Inspect says what it comes to.`);
	}

	#attach(open: DeckComponent | null, policy: string) {
		const { notices, undo, layout } = this.#session;
		const component = this.#deck.components.find(({ id }) => id === open?.id);
		if (!component) {
			notices.say('A policy belongs to a component. Load the component first, then the policy.');
			return;
		}
		undo.doing(`The policy of ${visibleText(component.id)} was replaced by the one in the file.`, () =>
			this.#deck.setPolicy(component.id, policy),
		);
		layout.showSide('policy');
	}

	/** A sample is a scenario too: it has a page, where there is none that says something else. */
	#showPage({ title, description, calls }: Scenario) {
		const { notes } = this.#deck;
		const isFree = Object.values(notes).every((part) => part === undefined);
		if ((!isFree && notes !== this.#pageOfSample) || !this.#deck.setNotes({ title, description, calls }).ok)
			return;
		this.#pageOfSample = this.#deck.notes;
		if (this.#session.layout.width === 'medium') this.#session.layout.openSide('scenario');
	}

	/** Opens a sample of several components, which are nothing without each other, in the place of the session. False where it is of one. */
	async #openTogether(name: string, began: Beginning): Promise<boolean> {
		const { notices, scenarios } = this.#session;
		const scenario = await this.#sampleScenario(name);
		if (!scenario.ok || scenario.value.components.length < 2) return false;
		const opened = this.#deck.isPresent(began)
			? await scenarios.openOwn(scenario.value)
			: err(sessionGone(name));
		if (!opened.ok) notices.say(visibleText(opened.error));
		return true;
	}

	async #sample(name: string, provisional: boolean): Promise<void> {
		const { console, files, selection } = this.#session;
		const began = this.#deck.begin();
		if (!provisional && (await this.#openTogether(name, began))) return;
		let call: LoadedSample['call'];
		let scenario: LoadedSample['scenario'];
		const component = await this.loader.sample(name, {
			provisional,
			began,
			arrived: (sample) => {
				({ call, scenario } = sample);
				return sample.world && ((world) => mergeWorlds(world, sample.world!));
			},
		});
		if (!component) return;
		this.show(component);
		if (scenario && !provisional) this.#showPage(scenario);
		const tool = selection.tools.find(
			(other) => other.component?.id === component.id && other.name === call?.tool,
		);
		if (!tool || !call) return;
		selection.showTool(tool);
		if (!console.recallArguments(tool)) console.setArguments(tool, call.arguments);
		files.mark();
	}
}
