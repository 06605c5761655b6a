import type { World } from '../../core/world';

/** A world with what a sample brings: its files and variables over those that are there, its routes before them, the rest replaced. */
export const mergeWorlds = (world: World, added: Partial<World>): World => ({
	...world,
	...added,
	files: new Map([...world.files, ...(added.files ?? [])]),
	variables: new Map([...world.variables, ...(added.variables ?? [])]),
	routes: [...(added.routes ?? []), ...world.routes],
});
