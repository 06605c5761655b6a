import { counted, plain } from '../lib/plain.mjs';

/** The report for a person: each file with its problems, what it grants, and where other engines differ. */
export function textReport(core, results) {
	const lines = results.flatMap((result) => fileLines(core, result));
	const problems = results.flatMap(({ ok, report }) => (ok ? report.problems : []));
	const broken = results.filter(({ ok }) => !ok).length;
	return [
		...lines,
		'',
		`${counted(results.length, 'file')}: ${countsOf(problems)}` +
			(broken > 0 ? `, ${counted(broken, 'file')} could not be read` : ''),
	].join('\n');
}

function countsOf(problems) {
	const errors = problems.filter(({ severity }) => severity === 'error').length;
	if (problems.length === 0) return 'no problems';
	return `${counted(errors, 'error')}, ${counted(problems.length - errors, 'warning')}`;
}

function fileLines(core, { file, ok, error, report }) {
	if (!ok) return [`✕ ${plain(file)}`, `    ${plain(error)}`];
	const { problems, engines, grants, elsewhere } = report;
	const mark = problems.some(({ severity }) => severity === 'error') ? '✕' : problems.length > 0 ? '!' : '✓';
	return [
		`${mark} ${plain(file)}: ${countsOf(problems)} (${span(core, engines)})`,
		...problems.map((problem) => `    ${problemLine(core, problem)}`),
		...grants.flatMap((one) => grantLines(core, one)),
		...elsewhere.flatMap((one) => elsewhereLines(core, one)),
	];
}

function problemLine(core, { severity, line, column, message, code, engines }) {
	const where = engines ? `; ${span(core, engines)}` : '';
	return `${line}:${column} ${severity}: ${plain(message)} (${code}${where})`;
}

function grantLines(core, { engines, failure, grants, memory }) {
	const head = `    ${span(core, engines)} grants`;
	if (failure !== null) return [`${head} nothing: every call is answered with “Error: ${plain(failure)}”`];
	const lines = [
		...grantsInWords(grants).map((line) => `      ${line}`),
		...(memory === null ? [] : [`      ${memoryInWords(core, memory)}`]),
	];
	return grants.length === 0 ? [`${head} nothing`, ...lines] : [head, ...lines];
}

/** A line for each kind that there is something of. */
export const grantsInWords = (grants) =>
	['storage', 'network', 'environment'].flatMap((kind) => {
		const some = grants.filter((one) => one.kind === kind);
		return some.length === 0 ? [] : [`${kind}: ${some.map(inWords).join(', ')}`];
	});

const inWords = ({ words, line }) => `${plain(words)}${line === null ? '' : ` (line ${line})`}`;

function elsewhereLines(core, { engines, failure, more, less, memory }) {
	const head = `    ${span(core, engines)} otherwise`;
	if (failure !== null) return [`${head}: every call is answered with “Error: ${plain(failure)}”`];
	return [
		head,
		...grantsInWords(more).map((line) => `      grants more: ${line}`),
		...grantsInWords(less).map((line) => `      grants less: ${line}`),
		...(memory === undefined ? [] : [`      ${memoryInWords(core, memory)}`]),
	];
}

export const memoryInWords = (core, bytes) =>
	bytes === null ? 'no limit of memory' : `at most ${core.memoryText(bytes)} of memory`;

export const span = (core, engines) => core.engineSpan(engines) || engines.join(', ');

/** The report for a program. Offsets of fixes are in UTF-16 units, as are columns. */
export const jsonReport = (results) =>
	JSON.stringify(
		{
			files: results.map(({ file, ok, error, report }) =>
				ok ? { file, ok, ...report } : { file, ok, error },
			),
		},
		null,
		'\t',
	);
