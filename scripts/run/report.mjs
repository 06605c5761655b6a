import { plain } from '../lib/plain.mjs';

const governed = new Set(['storage', 'network', 'environment']);

/** The record for a person, a line for each access; with `all` also what no policy speaks of. The guest's own output is among it. */
export const recordLines = (rows, all) =>
	rows.flatMap(({ entry, explanation }) => {
		if (entry.kind === 'output')
			return entry.text
				.replace(/\n$/, '')
				.split('\n')
				.map((line) => `  ${entry.stream}: ${plain(line)}`);
		if (!all && (!governed.has(entry.capability) || entry.reason === 'not-governed')) return [];
		const mark = entry.outcome === 'allow' ? '✓' : '✕';
		const result = entry.result === undefined ? '' : ` → ${plain(entry.result)}`;
		return [
			`${mark} ${entry.capability} ${plain(entry.operation)} ${plain(entry.target)}${result}`,
			`    ${plain(explanation)}`,
		];
	});

/** What stands on stdout: texts as they are, and anything else as JSON. */
export const resultText = ({ content }) =>
	content.map((item) => (item.type === 'text' ? item.text : JSON.stringify(item))).join('\n');

/** The report for a program. */
export const jsonReport = ({ rows, changes, ...done }) =>
	JSON.stringify(
		{
			...done,
			written: changes.map(({ path }) => path),
			activity: rows.map(({ entry, explanation }) => ({ ...entry, explanation })),
		},
		null,
		'\t',
	);
