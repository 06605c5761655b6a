/** Where an offset stands in the block layout of a policy, found by indentation, so that it also works while a text is being typed. */
export interface Place {
	/** Keys from the root down to the map or list that the line belongs to; `[]` for an item of a list. */
	readonly path: readonly string[];
	/** The column, from 0, where the key of the line starts or would start. */
	readonly column: number;
	/** Whether the line starts with the dash of a list item. */
	readonly isItem: boolean;
	/** The key of the line as far as it is written, and where. */
	readonly key: { readonly text: string; readonly from: number; readonly to: number };
	/** What stands after the colon, without a comment; null where there is no colon yet. */
	readonly value: { readonly text: string; readonly from: number; readonly to: number } | null;
	/** Keys that the map has on its other lines. */
	readonly siblings: ReadonlySet<string>;
}

interface Line {
	readonly from: number;
	readonly indent: number;
	readonly dashes: number;
	readonly column: number;
	readonly key: string;
	readonly keyFrom: number;
	readonly keyTo: number;
	readonly value: string | null;
	readonly valueFrom: number;
	readonly isBlank: boolean;
}

const start = /^(\ufeff?\s*)((?:-(?:\s+|$))*)/;
const quotedEntry = /^(["'])([^\s"'#:[\]{},][^"'#:]*)\1(\s*:(?=\s|$)\s*)(\S.*)?$/;
const plainEntry = /^([^\s"'#:[\]{},][^"'#:]*)(:(?=\s|$)\s*)(\S.*)?$/;
const word = /^(["']?)([^\s"'#:[\]{},]*)\1/;

/** Finds the place of an offset. */
export function placeAt(text: string, offset: number): Place {
	const from = text.lastIndexOf('\n', offset - 1) + 1;
	const end = text.indexOf('\n', offset);
	const line = readLine(text.slice(from, end < 0 ? text.length : end).replace(/\r$/, ''), from);
	const before = readLines(text.slice(0, from), 0);
	const after = end < 0 ? [] : readLines(text.slice(end + 1), end + 1);
	return {
		path: pathOf(line, before),
		column: line.column,
		isItem: line.dashes > 0,
		key: { text: line.key, from: line.keyFrom, to: line.keyTo },
		value:
			line.value === null
				? null
				: { text: line.value, from: line.valueFrom, to: line.valueFrom + line.value.length },
		siblings: new Set([...siblingsUp(line, before), ...siblingsDown(line, after)]),
	};
}

function readLines(text: string, from: number): readonly Line[] {
	let at = from;
	return text.split('\n').flatMap((raw) => {
		const line = readLine(raw.replace(/\r$/, ''), at);
		at += raw.length + 1;
		return line.isBlank ? [] : [line];
	});
}

function readLine(raw: string, from: number): Line {
	const [, space = '', dashes = ''] = start.exec(raw) ?? [];
	const column = space.length + dashes.length;
	const content = raw.slice(column);
	const [, quote = '', key = '', colon, rest = ''] = entryIn(content) ?? word.exec(content) ?? [];
	const keyFrom = from + column;
	const keyTo = keyFrom + key.length + quote.length * 2;
	const value = colon === undefined ? null : rest.replace(/(?:^|\s)#.*/, '').trimEnd();
	return {
		from,
		indent: space.length,
		dashes: dashes === '' ? 0 : 1,
		column,
		key,
		keyFrom,
		keyTo,
		value,
		valueFrom: keyTo + (colon?.length ?? 0),
		isBlank: raw.trim() === '' || raw.trim().startsWith('#'),
	};
}

/** The whole, the quote, the key, its colon with the space around it, and what follows, of a line that has them. */
function entryIn(content: string): readonly (string | undefined)[] | null {
	const [whole, long, colon, rest] = plainEntry.exec(content) ?? [];
	if (long === undefined) return quotedEntry.exec(content);
	// Space before the colon belongs to it.
	const key = long.trimEnd();
	return [whole, '', key, long.slice(key.length) + colon, rest];
}

function pathOf(line: Line, before: readonly Line[]): readonly string[] {
	const path: string[] = [];
	let column = line.column;
	if (line.dashes > 0) {
		path.unshift('[]');
		column = line.indent;
	}
	let isList = line.dashes > 0;
	for (const above of before.toReversed()) {
		if (column === 0 && !isList) break;
		// A list may stand at the column of the key that it belongs to.
		const isParent =
			above.value === '' &&
			(above.column < column || (isList && above.column === column && above.dashes === 0));
		if (isParent) {
			path.unshift(above.key);
			column = above.column;
			isList = false;
		}
		if (above.dashes > 0 && above.indent < column && above.column <= column) {
			path.unshift('[]');
			column = above.indent;
			isList = true;
		}
	}
	return path;
}

function siblingsUp(line: Line, before: readonly Line[]): readonly string[] {
	const keys: string[] = [];
	if (line.dashes > 0) return keys;
	for (const above of before.toReversed()) {
		if (above.column < line.column) break;
		if (above.column === line.column && above.key !== '') keys.push(above.key);
		if (above.column === line.column && above.dashes > 0) break;
	}
	return keys;
}

function siblingsDown(line: Line, after: readonly Line[]): readonly string[] {
	const keys: string[] = [];
	for (const below of after) {
		if (below.indent < line.column) break;
		if (below.column === line.column && below.dashes === 0 && below.key !== '') keys.push(below.key);
	}
	return keys;
}
