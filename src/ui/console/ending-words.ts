import { endingLooks, endingOf } from '../result/ending';
import { readResult } from '../result/read-result';
import type { Session } from '../session.svelte';
import { visibleText } from '../text/visible';
import type { Run } from './console.svelte';
import type { DeckTool } from './deck-tool';
import { obstacleIn } from './obstacle-in';

/** What is read out once a call has ended: what stood in its way, then how it ended. */
export function endingWords(
	session: Session,
	tool: DeckTool,
	{ settled }: Extract<Run, { status: 'settled' }>,
): string {
	const entry = session.console.entryOf(session.deck.activity, tool);
	const obstacle = entry && obstacleIn(session, entry);
	const denied = obstacle ? `Denied: ${visibleText(`${obstacle.what}. ${obstacle.why}`)} ` : '';
	if (settled.status !== 'result')
		return `${denied}${endingLooks[settled.status === 'cancelled' ? 'stopped' : 'none'].word}.`;
	const read = readResult(settled.result, tool.tool?.function.result);
	const look = endingLooks[endingOf(read, entry, obstacle !== null)];
	return `${denied}${look.word}. ${look.meaning}`.trim();
}
