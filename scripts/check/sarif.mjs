import { isAbsolute, sep } from 'node:path';

/**
 * The problems as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/): one run, a rule for each code that occurs. Files are named
 * relative to where the command ran; a repair that a problem has is a fix of its result.
 */
export function sarifReport(results, version) {
	const problems = results.flatMap(({ file, ok, error, report }) =>
		ok
			? report.problems.map((problem) => ({ file, problem }))
			: [{ file, problem: { severity: 'error', code: 'unreadable', message: error } }],
	);
	const codes = [...new Set(problems.map(({ problem }) => problem.code))].sort();
	return {
		$schema: 'https://json.schemastore.org/sarif-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: {
					driver: {
						name: 'Tapedeck',
						semanticVersion: version,
						rules: codes.map((id) => ({ id, name: pascal(id) })),
					},
				},
				columnKind: 'utf16CodeUnits',
				results: problems.map(({ file, problem }) => resultOf(file, problem, codes)),
			},
		],
	};
}

const pascal = (id) => id.replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase());

function resultOf(file, { severity, code, message, engines, fix, ...place }, codes) {
	const artifactLocation = { uri: uriOf(file) };
	const under = engines ? ` (${engines.join(', ')})` : '';
	return {
		ruleId: code,
		ruleIndex: codes.indexOf(code),
		level: severity,
		message: { text: `${message}${under}` },
		locations: [{ physicalLocation: { artifactLocation, ...(place.line && { region: regionOf(place) }) } }],
		...(fix && { fixes: [fixOf(fix, artifactLocation)] }),
	};
}

const regionOf = ({ line, column, endLine, endColumn }) => ({
	startLine: line,
	startColumn: column,
	endLine,
	endColumn,
});

const fixOf = ({ title, from, to, text }, artifactLocation) => ({
	description: { text: title },
	artifactChanges: [
		{
			artifactLocation,
			replacements: [
				{
					deletedRegion: { charOffset: from, charLength: to - from },
					...(text !== '' && { insertedContent: { text } }),
				},
			],
		},
	],
});

/** A path as the reference of a URI: what is no plain character of a path is percent-encoded, so that a name is never taken for a scheme. */
function uriOf(file) {
	const path = file
		.split(sep)
		.map((name) => encodeURIComponent(name.toWellFormed()))
		.join('/');
	return isAbsolute(file) ? `file://${path.startsWith('/') ? '' : '/'}${path}` : path;
}
