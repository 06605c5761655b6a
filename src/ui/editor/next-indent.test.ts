import { expect, test } from 'vitest';
import { nextIndent } from './next-indent';

test.each([
	['permissions:', '  '],
	['  storage: # files', '    '],
	['version: "1.0"', ''],
	['      - uri: "fs:///data"', '      '],
	['      - limits:', '          '],
	['        access: ["read"]', '        '],
	['# a comment:', ''],
	['  - ', '  '],
	['    ', '    '],
])('the line after %j begins with as many blanks as belong there', (line, blanks) => {
	expect(nextIndent(line)).toBe(blanks);
});
