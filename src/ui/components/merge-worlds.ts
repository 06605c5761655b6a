import { withEntries } from '../../core/file-tree';
import type { World } from '../../core/world';

/** A world with what a sample brings: its files and variables over those that are there, its routes before them, the rest replaced. A file
 * of the sample that does not fit among those that are there is left out. */
export const mergeWorlds = (world: World, added: Partial<World>): World => ({
	...world,
	...added,
	files: withEntries(world.files, added.files ?? []).files,
	variables: new Map([...world.variables, ...(added.variables ?? [])]),
	routes: [...(added.routes ?? []), ...world.routes],
});
