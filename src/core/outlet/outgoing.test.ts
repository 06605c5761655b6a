import { expect, test } from 'vitest';
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
	expect(leave(phrase`${own('a')}-${joined([own('b'), own('c')], ',')}`)).toBe('a-b,c');
});
