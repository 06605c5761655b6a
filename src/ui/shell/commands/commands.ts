import type { Session } from '../../session.svelte';
import { scenarioCommands } from '../../share/share-commands';
import { callCommands } from './call-commands';
import type { Command } from './command';
import { exportCommands } from './export-commands';
import { listedCommands } from './listed-commands';
import { loadCommands } from './load-commands';
import { pageCommands } from './page-commands';
import { paneCommands } from './pane-commands';
import { recordCommands } from './record-commands';
import { stepCommands } from './step-commands';

/** The kinds of commands, in the order in which the palette lists them. */
const groups: readonly ((session: Session) => readonly Command[])[] = [
	callCommands,
	loadCommands,
	stepCommands,
	paneCommands,
	scenarioCommands,
	recordCommands,
	pageCommands,
	exportCommands,
	listedCommands,
];

/** Everything that can be done now. */
export const commandsOf = (session: Session): readonly Command[] => groups.flatMap((group) => group(session));
