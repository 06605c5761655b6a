import { counted, plain } from '../lib/plain.mjs';

/** How a run ended, as an exit code: 2 where a file could not be checked at all, 1 where something was not as expected. */
export function exitCode(results) {
	if (results.some(({ outcome }) => !outcome.ok)) return 2;
	return results.some(({ outcome }) => outcome.checks.some(({ passed }) => !passed)) ? 1 : 0;
}

/** The report for a person: a line for each file, and under it what was not as expected. */
export function textReport(results) {
	const lines = results.flatMap(({ file, outcome }) => fileLines(file, outcome));
	const checks = results.flatMap(({ outcome }) => (outcome.ok ? outcome.checks : []));
	const failed = checks.filter(({ passed }) => !passed).length;
	const broken = results.filter(({ outcome }) => !outcome.ok).length;
	const skipped = checks.filter(isSkipped).length;
	lines.push(
		'',
		`${counted(results.length, 'file')}: ${counted(checks.length - failed - skipped, 'check')} passed, ${failed} failed` +
			(skipped > 0 ? `, ${skipped} could not be asked` : '') +
			(broken > 0 ? `, ${counted(broken, 'file')} could not be checked` : ''),
	);
	return lines.join('\n');
}

function fileLines(file, outcome) {
	if (!outcome.ok) return [`✕ ${plain(file)}: ${plain(outcome.error)}`];
	const failed = outcome.checks.filter(({ passed }) => !passed);
	const title = outcome.title ? `: ${plain(outcome.title)}` : '';
	const asked = outcome.checks.filter((check) => !isSkipped(check)).length;
	const of = failed.length > 0 ? `${failed.length} of ` : '';
	const end = failed.length > 0 ? ' failed' : '';
	const nothing = outcome.checks.length === 0 ? ', so nothing was checked' : '';
	return [
		`${failed.length > 0 ? '✕' : '✓'} ${plain(file)}${title} (${plain(outcome.engine)}, ${of}${counted(asked, 'check')}${end}${nothing})`,
		...failed.flatMap(({ name, message }) => [`    ✕ ${plain(name)}`, `      ${plain(message ?? '')}`]),
		...outcome.checks
			.filter(isSkipped)
			.flatMap(({ name, skipped }) => [`    – ${plain(name)}`, `      ${plain(skipped)}`]),
		// They explain differences, and would only be noise elsewhere.
		...(failed.length > 0 ? outcome.notes : []).map((note) => `    ${plain(note)}`),
	];
}

const isSkipped = ({ skipped }) => skipped !== undefined;

/** What was not as expected, a sentence for each. */
export const troubles = (results) =>
	results.flatMap(({ file, outcome }) =>
		outcome.ok
			? outcome.checks
					.filter(({ passed, skipped }) => !passed && skipped === undefined)
					.map(({ name, message }) => ({ file, message: `${name}: ${message ?? 'It failed.'}` }))
			: [{ file, message: outcome.error }],
	);

/** The report for a program. */
export const jsonReport = (results) =>
	JSON.stringify({ files: results.map(({ file, outcome }) => ({ file, ...outcome })) }, null, '\t');

/** The report as JUnit XML: a suite for each file, a case for each check. Times are in seconds, as JUnit has them. */
export function junitReport(results) {
	const suites = results.map(({ file, outcome }) => {
		if (!outcome.ok) {
			return suite(file, { errors: 1 }, [
				`    <testcase classname="${xml(file)}" name="opens" time="0"><error message="${xml(outcome.error)}"/></testcase>`,
			]);
		}
		const { checks } = outcome;
		const failed = checks.filter(({ passed }) => !passed).length;
		const time = checks.reduce((sum, { duration }) => sum + duration, 0);
		return suite(
			file,
			{ tests: checks.length, failures: failed, skipped: checks.filter(isSkipped).length, time },
			checks.map((check) => testCase(file, check)),
		);
	});
	return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="tapedeck">\n${suites.join('')}</testsuites>\n`;
}

function suite(name, { tests = 1, failures = 0, errors = 0, skipped = 0, time = 0 }, cases) {
	const head = `  <testsuite name="${xml(name)}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${time / 1000}">\n`;
	return `${head}${cases.map((one) => `${one}\n`).join('')}  </testsuite>\n`;
}

function testCase(file, { name, passed, skipped, message, duration }) {
	const head = `    <testcase classname="${xml(file)}" name="${xml(name)}" time="${duration / 1000}"`;
	if (skipped !== undefined) return `${head}><skipped message="${xml(skipped)}"/></testcase>`;
	return passed ? `${head}/>` : `${head}><failure message="${xml(message ?? '')}"/></testcase>`;
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text as XML takes it in an attribute. What XML 1.0 cannot hold at all becomes U+FFFD; line breaks and tabs are kept. */
export function xml(text) {
	return (
		text
			.toWellFormed()
			// eslint-disable-next-line no-control-regex -- these are what XML cannot hold
			.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
			.replace(/[&<>"']/g, (character) => entities[character])
			.replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
	);
}
