import type { FileTree } from '../files';
import type { Grants } from '../policy/types';

/** The three ways to run a tool that are held against each other. */
export type IsolationId = 'process' | 'container' | 'wassette';

/**
 * What a runtime lets one call have, in the terms of the gate: grants, and the files and variables they speak of. `process` and `container`
 * are models of runtimes that this page does not have; `wassette` is the component's policy as it is.
 */
export interface Confinement {
	readonly id: IsolationId;
	readonly grants: Grants;
	/** The file system as the tool sees it, which in a container is not the world's. */
	readonly files: FileTree;
	/** The variables that the runtime has to give; a call gets those of them that the grants name. */
	readonly variables: ReadonlyMap<string, string>;
	/** The path in the world behind a path that the tool sees; null where it is only inside the container. */
	readonly originOf: (path: string) => string | null;
}
