/**
 * The blanks with which the line after this one begins in YAML: below a key that has no value yet two more, below an item of a list where
 * its keys stand, else as many as it has.
 */
export function nextIndent(line: string): string {
	const blanks = /^ */.exec(line)![0];
	const item = /^ *- +(?=[^\s#])/.test(line) ? '  ' : '';
	const below = /^[^#]*:\s*(#.*)?$/.test(line) ? '  ' : '';
	return line.trim() === '' ? blanks : blanks + item + below;
}
