import type { IconName } from '../../base/icons';

/** A command that has a shortcut or is named elsewhere in the code; others have ids of their own making. */
export type CommandId =
	| 'run'
	| 'undo'
	| 'stop'
	| 'palette'
	| 'add-file'
	| 'go-tools'
	| 'go-console'
	| 'go-policy'
	| 'go-activity'
	| 'shortcuts';

/** Something a person can do, as the palette lists it. */
export interface Command {
	readonly id: string;
	readonly title: string;
	/** Words beside the title, such as the group it belongs to. */
	readonly hint?: string;
	readonly icon: IconName;
	readonly disabled?: boolean;
	/** Why it cannot be done now, where it is disabled. */
	readonly why?: string;
	/** Heard as a shortcut, and not listed. */
	readonly hidden?: boolean;
	readonly run: () => void;
}
