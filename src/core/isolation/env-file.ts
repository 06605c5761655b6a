import { itemAt } from '../item-at';

/** One line of an env file: a value, or null for a name alone, which takes its value from the shell. */
export type EnvEntry = readonly [key: string, value: string | null];

/** Reads the lines of an env file as compose does: `KEY=value`, quotes, `export`, comments. Lines that are none of these are left out. */
export function readEnvFile(text: string): readonly EnvEntry[] {
	return text.split(/\r?\n/).flatMap((line): EnvEntry[] => {
		const found = /^(?:export\s+)?([^\s=#]+)\s*(?:=(.*))?$/.exec(line.trim());
		if (!found?.[1]) return [];
		return [[found[1], found[2] === undefined ? null : unquoted(found[2].trim())]];
	});
}

function unquoted(value: string): string {
	const quoted = /^(["'])(.*?)\1/.exec(value);
	return quoted ? itemAt(quoted, 2) : value.replace(/(?:^|\s)#.*$/, '').trimEnd();
}
