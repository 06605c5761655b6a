/** The areas that cases are of, in the order in which they are listed. */
export const areas = [
	'policies',
	'hosts',
	'storage rules',
	'files',
	'arguments and results',
	'calls and traps',
	'server and grants',
	'exports',
];

export const emptyTally = () => ({ same: 0, 'on purpose': 0, different: 0 });

/**
 * The table of a release as rows of text: how many steps of each area went as in the real Wassette.
 *
 * @param {Record<string, { same: number, 'on purpose': number, different: number }>} tallies by area
 */
export function tableOf(tallies) {
	const rows = areas.filter((area) => tallies[area]).map((area) => [area, tallies[area]]);
	const all = rows.reduce(
		(sum, [, one]) => Object.fromEntries(Object.keys(sum).map((key) => [key, sum[key] + one[key]])),
		emptyTally(),
	);
	return [...rows, ['all', all]].map(([area, one]) => {
		const steps = one.same + one['on purpose'] + one.different;
		const rest = one.same + one.different;
		return [
			area,
			...[steps, one.same].map(String),
			shareOf(one.same, steps),
			...[one['on purpose'], one.different].map(String),
			shareOf(one.same, rest),
		];
	});
}

/** In percent, never rounded up. */
const shareOf = (part, whole) =>
	whole === 0 ? '' : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;

export const head = ['area', 'steps', 'the same', 'share', 'other on purpose', 'other', 'share of the rest'];

/** For a terminal. */
export function plainTable(tallies) {
	const rows = [head, ...tableOf(tallies)];
	const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
	const line = (row) =>
		row
			.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
			.join('  ');
	return rows.map(line).join('\n');
}

/** For a page of the documentation. */
export function markdownTable(tallies) {
	const line = (row) => `| ${row.join(' | ')} |`;
	return [
		line(head),
		line(head.map((_, column) => (column === 0 ? '---' : '--:'))),
		...tableOf(tallies).map(line),
	].join('\n');
}
