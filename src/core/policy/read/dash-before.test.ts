import { expect, test } from 'vitest';
import { dashBefore } from './dash-before';

test.each([
	['- host', 2, 0],
	['-\n\n  host', 5, 0],
	['- # one - two\n  # three\n  host', 26, 0],
	['# - x\n- host', 8, 6],
	['- - host', 4, 2],
	['host', 0, null],
	['a: host', 3, null],
	['- a # b\n  host', 10, null],
])('the dash of %j is found before %i', (text, offset, dash) => {
	expect(dashBefore(text, offset)).toBe(dash);
});

// Each of these kept an expression that looked for the same busy for longer than a test may take.
test.each([
	['-' + '#'.repeat(50_000)],
	['- ' + '# \t'.repeat(20_000) + 'x'],
	['- x' + '\n#'.repeat(20_000) + '\n'],
	['-' + ' '.repeat(50_000) + 'x'],
])('a long comment takes one look', (text) => {
	dashBefore(text, text.length);
	dashBefore(text, text.length - 1);
});
