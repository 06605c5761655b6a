import { MediaQuery } from 'svelte/reactivity';
import { recall, remember } from '../base/memory';

export type SideTab = 'policy' | 'files' | 'variables' | 'network';
export type DrawerTab = 'activity' | 'wire' | 'problems' | 'expectations' | 'steps';
/** What the one column of a narrow screen shows. */
export type NarrowTab = 'tools' | 'console' | 'policy' | 'world' | 'activity';
export type LayoutWidth = 'wide' | 'medium' | 'narrow';
export type PaneName = 'left' | 'right' | 'drawer' | 'detail';

export const defaultSizes: Readonly<Record<PaneName, number>> = {
	left: 260,
	right: 480,
	drawer: 260,
	detail: 440,
};

const isSizes = (value: unknown): value is Record<PaneName, number> =>
	typeof value === 'object' &&
	value !== null &&
	Object.keys(defaultSizes).every((name) => Number.isFinite((value as Record<string, unknown>)[name]));

/** Where things are on the page: the width class, the open tabs and the sizes of panes, which are remembered. */
export class Layout {
	#wide = new MediaQuery('(min-width: 1100px)', true);
	#narrow = new MediaQuery('(max-width: 719.98px)', false);
	#sizes = $state.raw(recall('sizes', isSizes, defaultSizes));
	#side = $state<SideTab>('policy');
	#drawer = $state<DrawerTab>('activity');
	#drawerOpen = $state(true);
	#tab = $state<NarrowTab>('console');

	width = $derived<LayoutWidth>(this.#narrow.current ? 'narrow' : this.#wide.current ? 'wide' : 'medium');
	sizes = $derived(this.#sizes);
	side = $derived(this.#side);
	drawer = $derived(this.#drawer);
	drawerOpen = $derived(this.#drawerOpen);
	tab = $derived(this.#tab);

	resize = (pane: PaneName, size: number) => {
		this.#sizes = { ...this.#sizes, [pane]: size };
		remember('sizes', this.#sizes);
	};

	reset = (pane: PaneName) => this.resize(pane, defaultSizes[pane]);

	/** Opens a tab beside the console; where only one pane fits, that one stays. */
	openSide = (tab: SideTab) => {
		this.#side = tab;
	};

	/** Opens a tab beside the console, and goes there where only one pane fits. */
	showSide = (tab: SideTab) => {
		this.#side = tab;
		this.#tab = tab === 'policy' ? 'policy' : 'world';
	};

	showDrawer = (tab: DrawerTab) => {
		this.openDrawer(tab);
		this.#tab = 'activity';
	};

	/** As `showDrawer`, staying in the console where only one pane fits. */
	openDrawer = (tab: DrawerTab) => {
		this.#drawer = tab;
		this.#drawerOpen = true;
	};

	showConsole = () => {
		this.#tab = 'console';
	};

	toggleDrawer = () => {
		this.#drawerOpen = !this.#drawerOpen;
	};

	/** A press on the bottom tab bar. Going to the world leaves the policy tab, which has a place of its own there. */
	showTab = (tab: NarrowTab) => {
		this.#tab = tab;
		if (tab === 'policy') this.#side = 'policy';
		if (tab === 'world' && this.#side === 'policy') this.#side = 'files';
	};
}
