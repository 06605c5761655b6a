import { isRecord } from '../../core/is-record';
import { MediaQuery } from 'svelte/reactivity';
import { recall, remember } from '../base/memory';

/** `scenario` is a tab where there is no place beside the components for the page of what is open. */
export type SideTab = 'scenario' | 'policy' | 'files' | 'variables' | 'network' | 'settings';
export type DrawerTab = 'activity' | 'wire' | 'problems' | 'expectations' | 'steps';
/** What the one column of a narrow screen shows. */
export type NarrowTab = 'scenario' | 'tools' | 'console' | 'policy' | 'world' | 'activity';
export type LayoutWidth = 'wide' | 'medium' | 'narrow';
export type PaneName = 'left' | 'right' | 'drawer' | 'detail';

export const defaultSizes: Readonly<Record<PaneName, number>> = {
	left: 260,
	right: 480,
	drawer: 260,
	detail: 440,
};

const isSizes = (value: unknown): value is Record<PaneName, number> =>
	isRecord(value) && Object.keys(defaultSizes).every((name) => Number.isFinite(value[name]));

/** Where things are on the page: the width class, the open tabs and the sizes of panes, which are remembered. */
export class Layout {
	#wide = new MediaQuery('(min-width: 1100px)', true);
	#narrow = new MediaQuery('(max-width: 719.98px)', false);
	#short = new MediaQuery('(max-height: 619.98px)', false);
	#sizes = $state.raw(recall('sizes', isSizes, defaultSizes));
	#side = $state<SideTab>('policy');
	#drawer = $state<DrawerTab>('activity');
	#drawerOpen = $state(true);
	#tab = $state<NarrowTab>('console');

	/** One column where there is little width, and also where there is little height and not width enough for three. */
	width = $derived<LayoutWidth>(
		this.#narrow.current || (this.#short.current && !this.#wide.current)
			? 'narrow'
			: this.#wide.current
				? 'wide'
				: 'medium',
	);
	/** There is no height for a drawer: beside the console, it is a tab with the policy. */
	recordIsTab = $derived(this.#short.current && this.width !== 'narrow');
	sizes = $derived(this.#sizes);
	side = $derived(this.#side);
	drawer = $derived(this.#drawer);
	drawerOpen = $derived(this.#drawerOpen);
	tab = $derived(this.#tab);

	/** How high the drawer is in a window of this height: as a person made it, else what leaves the answer of a call in view. */
	drawerHeight = (window: number, most: number): number => {
		const size = this.#sizes.drawer;
		const wanted = size === defaultSizes.drawer ? Math.min(340, Math.max(150, window / 2 - 140)) : size;
		return Math.min(wanted, most);
	};

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
		this.#tab = tab === 'policy' || tab === 'scenario' ? tab : 'world';
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

	/** Shows the page of a scenario that was just opened: it has a place of its own in a wide window, and a tab elsewhere. */
	showScenario = () => {
		if (this.width === 'medium') this.#side = 'scenario';
		this.#tab = 'scenario';
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
		if (tab === 'world' && (this.#side === 'policy' || this.#side === 'scenario')) this.#side = 'files';
	};
}
