import type { DeckComponent } from '../../deck/deck';
import { sessionGone } from '../../deck/deck';
import type { LoadedSample } from '../parts';
import type { Session } from '../session.svelte';
import { isLinkText } from '../scenario-desk.svelte';
import { sharedBy } from '../console/shared-by';
import { visibleText } from '../text/visible';
import { Loader } from './loader.svelte';
import { mergeWorlds } from './merge-worlds';
import { sortFiles } from './sort-files';

/** Brings components, and what comes with them, into the session that is open when they are asked for, and shows them; takes them out. */
export class LoadDesk {
	readonly #session: Session;
	readonly loader: Loader;

	constructor(session: Session) {
		this.#session = session;
		this.loader = new Loader(session.parts, session.undo);
	}

	sample = (name: string, provisional = false): Promise<void> => this.#sample(name, provisional);

	/** A sample from the gallery: loaded, and shown where only one pane fits. */
	openSample = (name: string): Promise<void> => {
		this.#session.layout.showConsole();
		return this.#sample(name, false);
	};

	address = async (address: string): Promise<void> => {
		if (isLinkText(address)) return this.#session.scenarios.opening.link(address);
		const component = await this.loader.address(address);
		if (component) this.show(component);
	};

	/** Takes in dropped or picked files: components, each with the policy beside it, or a policy for the component that is open. */
	files = async (files: readonly File[]): Promise<void> => {
		const { notices, parts, scenarios } = this.#session;
		const began = parts.deck.begin();
		const { component: open } = this.#session;
		const { components, policyAlone } = await sortFiles(await scenarios.takeFiles(files));
		for (const { file, policy } of components) {
			const component = await this.loader.file(file, policy, began);
			if (component) this.show(component);
		}
		if (policyAlone === null) return;
		if (!parts.deck.isPresent(began)) notices.say(sessionGone('the policy'));
		else this.#attach(open, policyAlone);
	};

	unload = ({ id }: DeckComponent) => {
		const { deck } = this.#session.parts;
		this.#session.undo.doing(`${visibleText(id)} was unloaded, with its policy.`, () => deck.unload(id));
	};

	/** Makes a component the one that is shown. */
	show = (component: DeckComponent) => {
		const { layout, notices, components } = this.#session;
		this.#session.showComponent(component);
		layout.openSide('policy');
		const [shared] = component.tools.flatMap(({ name }) => sharedBy(components, name) ?? []);
		if (shared) notices.say(shared.sentence);
	};

	#attach(open: DeckComponent | null, policy: string) {
		const { notices, parts, undo, layout } = this.#session;
		const component = parts.deck.components.find(({ id }) => id === open?.id);
		if (!component) {
			notices.say('A policy belongs to a component. Load the component first, then the policy.');
			return;
		}
		undo.doing(`The policy of ${visibleText(component.id)} was replaced by the one in the file.`, () =>
			parts.deck.setPolicy(component.id, policy),
		);
		layout.showSide('policy');
	}

	async #sample(name: string, provisional: boolean): Promise<void> {
		const { console, files } = this.#session;
		let call: LoadedSample['call'];
		const component = await this.loader.sample(name, {
			provisional,
			arrived: (sample) => {
				call = sample.call;
				return sample.world && ((world) => mergeWorlds(world, sample.world!));
			},
		});
		if (!component) return;
		this.show(component);
		const tool = this.#session.tools.find(
			(other) => other.component?.id === component.id && other.name === call?.tool,
		);
		if (!tool || !call) return;
		this.#session.showTool(tool);
		if (!console.recallArguments(tool)) console.setArguments(tool, call.arguments);
		files.mark();
	}
}
