/** The text of docs/differences.md, from the list in recordings/differences.json. */
export function differencesPage(rows) {
	const cell = (text) => text.replaceAll('|', '\\|');
	const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
	const measured = rows.filter(({ match }) => match);
	const table = (some) => [
		line(['', 'Wassette', 'Tapedeck']),
		line(['---', '---', '---']),
		...some.map(({ what, wassette, tapedeck }) => line([what, wassette, tapedeck])),
	];
	return [
		'# Where Tapedeck differs from Wassette',
		'',
		'Decisions are Wassette’s, release by release. What a browser can do is not what a native host can do:',
		'',
		...table(rows.filter(({ match }) => !match)),
		'',
		'## Seen beside the real Wassette',
		'',
		'What [the measurement](parity.md) meets and is so on purpose:',
		'',
		...table(measured),
		'',
	].join('\n');
}
