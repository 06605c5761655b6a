import { itemAt } from '../core/item-at';
import type { PackageDocs } from './package-docs';

/**
 * WIT text as printed from a binary, which has no comments, with the documentation that came beside it put in where it belongs. A
 * function that has a comment already keeps it.
 */
export function annotateWit(wit: string, docs: PackageDocs | null): string {
	if (!docs) return wit;
	let owner: string | null = null;
	const lines: string[] = [];
	for (const line of wit.split('\n')) {
		const opened = /^\s*(world|interface)\s+%?([\w-]+)\s*\{/.exec(line);
		if (opened) owner = opened[1] === 'world' ? '' : itemAt(opened, 2);
		const found = /^(\s*)(export\s+)?%?([a-z][\w-]*):\s*(?:async\s+)?func\b/i.exec(line);
		if (found && owner !== null && !/^\s*\/\/\//.test(lines.at(-1) ?? '')) {
			const [, indent, exported, name = ''] = found;
			const text =
				owner === '' ? exported && docs.functions.get(name) : docs.interfaceFunctions.get(`${owner}#${name}`);
			if (text)
				lines.push(
					...text
						.trim()
						.split(/\r?\n/)
						.map((each) => `${indent}/// ${each}`.trimEnd()),
				);
		}
		lines.push(line);
	}
	return lines.join('\n');
}
