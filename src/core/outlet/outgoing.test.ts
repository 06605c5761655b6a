import { expect, test } from 'vitest';
import { answered, happened, refused } from '../../embed/answers';
import type { Peer } from '../../embed/door';
import { junitReport } from '../../../scripts/verify/report.mjs';
import { exportWire } from '../../ui/wire/export-wire';
import { harOf } from '../har';
import { encodeLink } from '../scenario';
import { createOutlet, joined, own, phrase, type Outgoing } from '.';

/** What every sink of the page asks for. */
const leave = (text: Outgoing<string>): string => text;

test('what did not go through an outlet does not fit where something leaves', () => {
	const text = ['a', 'value'].join(' ');
	// @ts-expect-error -- a text of whatever kind
	leave(text);
	// @ts-expect-error -- a text that is only known when the program runs is no word of its own
	leave(own(text));
	// @ts-expect-error -- words of the program joined with what did not go through
	leave(phrase`Bearer ${text}`);
	// @ts-expect-error -- joined by such a text
	leave(joined([own('a')], text));
	// @ts-expect-error -- a scenario that was not captured
	leave(encodeLink({ version: 1, components: [] }));
	// @ts-expect-error -- routes as they are
	leave(harOf([], { version: '1', startedDateTime: '' }));
	const scenario = createOutlet([]).scenario({ version: 1, components: [] });
	// @ts-expect-error -- one that something was put into afterwards
	leave(encodeLink({ ...scenario, title: text }));
	// @ts-expect-error -- and what is printed of something else
	leave(JSON.stringify({ text }));
	// @ts-expect-error -- what `verify` found out, as the page has it
	junitReport([{ file: text, outcome: { ok: false, error: text } }]);
	// Of the wire, an export takes an outlet itself.
	leave(exportWire([], createOutlet([])));
	const around: Peer = { postMessage: () => {} };
	// @ts-expect-error -- a message to the page around, put together by hand
	around.postMessage({ tapedeck: 1, id: 1, ok: true, result: text }, { targetOrigin: text });
	// @ts-expect-error -- an answer to it with what did not go through
	answered(1, { text });
	// @ts-expect-error -- why there is none
	refused(1, text);
	// @ts-expect-error -- entries of the record as they are
	happened([]);
	expect(leave(phrase`${own('a')}-${joined([own('b'), own('c')], ',')}`)).toBe('a-b,c');
});
