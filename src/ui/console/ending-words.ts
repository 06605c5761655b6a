import { endingLooks, endingOf } from '../result/ending';
import { readToolResult } from '../result/read-result';
import { visibleText } from '../text/visible';
import type { Deck } from '../../deck/deck';
import type { ActivityDesk } from '../activity/activity-desk';
import type { Console, Run } from './console.svelte';
import type { DeckTool } from './deck-tool';
import { obstacleIn } from './obstacle-in';

interface Told {
	readonly record: Pick<ActivityDesk, 'componentOf' | 'policy'>;
	readonly console: Pick<Console, 'entryOf'>;
	readonly deck: Pick<Deck, 'activity'>;
}

/** What is read out once a call has ended: what stood in its way, then how it ended. */
export function endingWords(
	{ record, console, deck }: Told,
	tool: DeckTool,
	{ settled }: Extract<Run, { status: 'settled' }>,
): string {
	const entry = console.entryOf(deck.activity, tool);
	const obstacle = entry && obstacleIn(record, deck.activity, entry);
	const denied = obstacle ? `Denied: ${visibleText(`${obstacle.what}. ${obstacle.why}`)} ` : '';
	if (settled.status !== 'result')
		return `${denied}${endingLooks[settled.status === 'cancelled' ? 'stopped' : 'none'].word}.`;
	const read = readToolResult(settled.result, tool.tool?.function.result);
	const look = endingLooks[endingOf(read, entry, obstacle !== null)];
	return `${denied}${look.word}. ${look.meaning}`.trim();
}
