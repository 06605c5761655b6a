import { grantsInWords, memoryInWords, span } from '../check/report.mjs';
import { counted, plain } from '../lib/plain.mjs';

/** The report for a person: for each engine what is gained and lost, and the requests that are decided otherwise. */
export function textReport(core, { before, after, report, unread, from, differs }) {
	const heads = `${plain(before)} → ${plain(after)}`;
	const groups = sameTogether(report);
	return [
		`${differs ? '≠' : '='} ${heads}`,
		...unread.map(
			({ file, line, message }) => `    ${plain(file)} does not parse (line ${line}): ${plain(message)}`,
		),
		...groups.flatMap((one) => [
			`  ${span(core, one.engines)}`,
			...changeLines(core, one),
			...requestLines(one, from),
		]),
	].join('\n');
}

/** What is the same under several engines, once. */
function sameTogether(report) {
	const groups = new Map();
	for (const { engine, ...rest } of report) {
		const key = JSON.stringify(rest, (name, value) => (name === 'engine' ? undefined : value));
		const known = groups.get(key);
		if (known) known.engines.push(engine);
		else groups.set(key, { ...rest, engines: [engine] });
	}
	return [...groups.values()];
}

function changeLines(core, { gained, lost, memory, failure, nameLookup }) {
	const lines = [
		...(failure ? [`    every call: ${failureWords(failure)}`] : []),
		...grantsInWords(gained).map((line) => `    + ${line}`),
		...grantsInWords(lost).map((line) => `    - ${line}`),
		...(memory
			? [`    memory: ${memoryInWords(core, memory.before)}, then ${memoryInWords(core, memory.after)}`]
			: []),
		...(nameLookup && gained.length + lost.length === 0
			? [`    names may ${nameLookup.after ? 'be looked up now' : 'no longer be looked up'}`]
			: []),
	];
	return lines.length > 0 ? lines : ['    the same in effect'];
}

const failureWords = ({ before, after }) =>
	[before, after]
		.map((message) => (message === null ? 'is made' : `is answered with “Error: ${plain(message)}”`))
		.join(', then ');

function requestLines({ requests }, from) {
	if (!requests) return [];
	const changed = requests.filter(({ differs }) => differs);
	return [
		`    ${counted(requests.length, 'request')} of ${plain(from)}: ${changed.length === 0 ? 'all decided the same' : `${changed.length} decided otherwise`}`,
		...changed.flatMap(({ name, after, explanation }) => [
			`    ${after.outcome === 'allow' ? '+' : '-'} ${plain(name)}`,
			`        before: ${plain(explanation.before)}`,
			`        after:  ${plain(explanation.after)}`,
		]),
	];
}
