/** Rules that decide nothing of what was asked, as problems; none where nothing was asked, and none of those that are dead anyway. */
export function unusedProblems(core, text, { engines, dead }, { requests, from, world }) {
	if (requests === null) return [];
	const told = new Set(dead.map(({ line }) => line));
	return core
		.unusedRules(text, requests, { engines, world })
		.filter(({ ref }) => !told.has(ref.line))
		.map(({ ref, lastLine }) => ({
			severity: 'warning',
			code: 'unused',
			message: `This rule decides none of the requests of ${from}`,
			line: ref.line,
			column: 1,
			endLine: lastLine,
			endColumn: (text.split(/\r?\n/)[lastLine - 1] ?? '').length + 1,
		}));
}
