import { bundleZip, manifestOf, releaseOf, useInWassette } from '../../core/export';
import type { Outgoing } from '../../core/outlet';
import type { Scenario } from '../../core/scenario';
import { captureScenario } from '../../deck/scenario';
import type { Deck } from '../../deck/deck';
import { recall, remember } from '../base/memory';

const isText = (value: unknown): value is string => typeof value === 'string';

/** What the dialog that leads to an installed Wassette shows: derived from the deck, for a release and a folder. */
export class WassetteDesk {
	readonly #deck: () => Deck;
	#release = $state.raw<string>('');
	#folder = $state.raw(recall('bundle-folder', isText, '/path/to/tapedeck-bundle'));

	/** The Wassette release that commands are for; at first the one that decides here. */
	release = $derived.by(() => this.#release || releaseOf(this.#deck().engine));
	/** Absolute path of the folder that files will be in. */
	folder = $derived(this.#folder);
	/** Why the folder cannot be used; null where it can. */
	folderProblem = $derived(
		/^\/[^\0\n\r]*$/.test(this.#folder)
			? null
			: 'Wassette wants whole paths: begin with a slash, such as /home/me/tapes.',
	);
	#scenario = $derived.by<Outgoing<Scenario>>(() => captureScenario(this.#deck()));
	uses = $derived.by(() => useInWassette(this.#scenario.components, this.release, this.#folder));
	manifest = $derived.by(() => manifestOf(this.#scenario.components, this.uses, this.release));

	constructor(deck: () => Deck) {
		this.#deck = deck;
	}

	setRelease = (release: string) => {
		this.#release = release;
	};

	setFolder = (folder: string) => {
		this.#folder = folder.trim();
		if (this.folderProblem === null) remember('bundle-folder', this.#deck().outlet.text(this.#folder));
	};

	/** All of it as a zip. */
	bundle = (): Outgoing<Uint8Array> =>
		bundleZip({
			scenario: this.#scenario,
			bytesOf: (wanted) => this.#deck().components.find(({ id }) => id === wanted)?.bytes,
			release: this.release,
			folder: this.#folder,
		});
}
