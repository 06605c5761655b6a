import type { Component } from 'svelte';

/** Props of a component whose kind is not known where it is shown. */
type Given = Record<string, unknown>;

/** A component that is fetched when it is first shown, and what it is given of what its place has. */
export interface LateView<Place> {
	/** The same function each time: another one would fetch, and mount, anew. */
	readonly load: () => Promise<{ readonly default: Component<Given> }>;
	readonly given: (place: Place) => Given;
}

/** Joins a component with what it is given, which has to be what it takes, but for `Rest`, which is given where it is shown. */
export const lateView =
	<Place, Rest extends string = never>() =>
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Svelte's own bound of what a component takes
	<Props extends Record<string, any>>(
		load: () => Promise<{ readonly default: Component<Props> }>,
		given: (place: Place) => NoInfer<Omit<Props, Rest>>,
	): LateView<Place> => ({ load: load as unknown as LateView<Place>['load'], given });
