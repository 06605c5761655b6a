import { own } from '../../core/outlet';
import { MediaQuery } from 'svelte/reactivity';
import { recall, remember } from '../base/memory';

export type ThemeChoice = 'system' | 'light' | 'dark';

const isChoice = (value: unknown): value is ThemeChoice =>
	value === 'system' || value === 'light' || value === 'dark';

/** The colour theme: the system's until a person chooses one, and the choice is remembered. */
export class Theme {
	#systemIsDark = new MediaQuery('(prefers-color-scheme: dark)');
	#choice = $state<ThemeChoice>(recall('theme', isChoice, 'system'));

	choice = $derived(this.#choice);
	dark = $derived(this.#choice === 'system' ? this.#systemIsDark.current : this.#choice === 'dark');

	constructor() {
		this.#apply();
	}

	choose = (choice: ThemeChoice) => {
		remember('theme', own<ThemeChoice>(choice));
		this.use(choice);
	};

	/** Shows a theme without remembering it, where a page is told which one. */
	use = (choice: ThemeChoice) => {
		this.#choice = choice;
		this.#apply();
	};

	toggle = () => this.choose(this.dark ? 'light' : 'dark');

	#apply() {
		if (this.#choice === 'system') delete document.documentElement.dataset.theme;
		else document.documentElement.dataset.theme = this.#choice;
	}
}
