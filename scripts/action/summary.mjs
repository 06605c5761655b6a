import { counted, plain } from '../lib/plain.mjs';

/** Problems of one file that are listed; of more, it is said how many there are. */
const mostListed = 50;

/**
 * The summary in Markdown. Whatever files are called and scenarios say stands in it as code, so that nothing of it is a link, a picture or a
 * mention. `links` has an address for files that failed.
 */
export function summaryOf({ policies, scenarios, links, hasPage }) {
	return [
		`## Tapedeck: ${headOf(policies, scenarios)}`,
		...(scenarios ? scenarioLines(scenarios, links, hasPage) : []),
		...(policies ? policyLines(policies) : []),
		'',
	].join('\n');
}

function headOf(policies, scenarios) {
	const codes = [policies, scenarios].flatMap((one) => (one ? [one.code] : []));
	if (codes.includes(2)) return 'something could not be checked';
	return codes.includes(1) ? 'not as expected' : 'all as expected';
}

const notRun = (what) => ['', `${what} were not checked: the log says why.`];

function scenarioLines({ files }, links, hasPage) {
	if (!files) return notRun('The scenarios');
	return [
		'',
		'### Scenarios',
		'',
		...files.map((file) => `- ${markOf(isFine(file))} ${code(file.file)}: ${stateOf(file)}`),
		...files.filter((file) => !isFine(file)).flatMap((file) => failureLines(file, links, hasPage)),
	];
}

const isFine = ({ ok, checks }) =>
	ok && checks.every(({ passed, skipped }) => passed || skipped !== undefined);

const markOf = (fine) => (fine ? '✅' : '❌');

function stateOf({ ok, checks, engine }) {
	if (!ok) return 'could not be checked';
	const failed = checks.filter(({ passed, skipped }) => !passed && skipped === undefined).length;
	const words =
		failed > 0 ? `${failed} of ${counted(checks.length, 'check')} failed` : counted(checks.length, 'check');
	return `${words}, under ${code(engine)}`;
}

function failureLines({ file, ok, error, checks, title }, links, hasPage) {
	const failed = ok ? checks.filter(({ passed, skipped }) => !passed && skipped === undefined) : [];
	const link = links.get(file);
	return [
		'',
		`#### ${code(title ?? file)}`,
		'',
		...(ok ? [] : [code(error)]),
		...failed.slice(0, mostListed).map(({ name, message }) => `- ❌ ${code(name)}<br>${code(message ?? '')}`),
		...(failed.length > mostListed ? [`- and ${failed.length - mostListed} more`] : []),
		'',
		link ? `[Open this scenario](${link})` : withoutLink(file, hasPage),
	];
}

const withoutLink = (file, hasPage) =>
	hasPage
		? `Too long for a link: open the file ${code(file)} in the page.`
		: 'Name a page of Tapedeck in the input `page`, and a link here opens this scenario.';

function policyLines({ files }) {
	if (!files) return notRun('The policies');
	return ['', '### Policies', '', ...files.flatMap(policyFileLines)];
}

function policyFileLines({ file, ok, error, problems, grants }) {
	if (!ok) return [`- ❌ ${code(file)}: ${code(error)}`];
	const isBroken = problems.some(({ severity }) => severity === 'error');
	const mark = problems.length === 0 ? '✅' : isBroken ? '❌' : '⚠️';
	const words = problems.length === 0 ? 'no problems' : counted(problems.length, 'problem');
	return [
		`- ${mark} ${code(file)}: ${words}`,
		...problems
			.slice(0, mostListed)
			.map(({ line, severity, message }) => `  - line ${line}, ${severity}: ${code(message)}`),
		...(problems.length > mostListed ? [`  - and ${problems.length - mostListed} more`] : []),
		...grants.map(
			({ engines, grants: some, failure }) =>
				`  - ${engines.length > 1 ? `${engines[0]} to ${engines.at(-1)}` : engines[0]} grants: ${grantWords(some, failure)}`,
		),
	];
}

function grantWords(grants, failure) {
	if (failure !== null) return `nothing, as every call is answered with ${code(`Error: ${failure}`)}`;
	return grants.length === 0 ? 'nothing' : grants.map(({ words }) => code(words)).join(', ');
}

/** Text as code: in backticks more than it holds, on one line, and shortened. */
export function code(text) {
	const line = plain(text.length > 500 ? `${text.slice(0, 500)}…` : text).trim() || ' ';
	const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
	const fence = '`'.repeat(longest + 1);
	const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
	return `${fence}${space}${line}${space}${fence}`;
}
