/**
 * The blanks with which the line after this one begins in YAML: below a key that has no value yet two more than the key stands, else as many
 * as the line has. After an item of a list the next item may follow as well as another key, so that stays to who writes.
 */
export function nextIndent(line: string): string {
	const blanks = /^ */.exec(line)?.[0] ?? '';
	if (!/^[^#]*:\s*(#.*)?$/.test(line)) return blanks;
	const keyOfItem = /^ *- +(?=[^\s#])/.exec(line);
	return `${keyOfItem ? ' '.repeat(keyOfItem[0].length) : blanks}  `;
}
