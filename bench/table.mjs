import { kb, ms } from './lib/figures.mjs';

/** The rows of the table: medians `m` by what they are of, sizes in bytes. */
export function tableOf(m, sizes) {
	for (const host of ['ours', 'shim']) m[`bytes ${host}`] = m[`read ${host}`] + m[`write ${host}`];
	const us = (value) => `${value.toFixed(2)} µs`;
	const ratio = (what, key, floorKey, target, { shown = ms, reason } = {}) => ({
		what,
		value: m[key] / m[floorKey],
		shown: `${(m[key] / m[floorKey]).toFixed(2)} (${shown(m[key])} against ${shown(m[floorKey])})`,
		target,
		targetShown: target === null ? 'none set' : `at most ${target}`,
		reason,
	});
	const size = (what, value, target) => ({
		...{ what, value, shown: kb(value), target },
		targetShown: target === null ? 'none set' : `at most ${kb(target)}`,
	});
	const time = (what, key, target, reason) => ({
		...{ what, value: m[key], shown: ms(m[key]), target, reason },
		targetShown: target === null ? 'none set' : `at most ${ms(target)}`,
	});
	const rows = [
		ratio('First visit to its first result, against the bare parts', 'cold', 'floor', 1.2),
		ratio(
			'The same for a component of one’s own, dropped before the page has turned to fetching the transpiler',
			'own',
			'floor',
			1.5,
		),
		ratio('The next visit to its first result, against the first', 'again', 'cold', 0.25, {
			reason: `What a second visit saves is fetching and transpiling, and the first visit does little of that any more: samples come with their programs. Of the ${ms(m.again)} most is the page's own start, which both visits have alike; against the bare parts the next visit takes ${(m.again / m.floor).toFixed(2)} of the time.`,
		}),
		ratio('The same for a component of one’s own', 'ownAgain', 'own', 0.25, {
			reason: `Its program is kept, and nothing is transpiled: what is left of the ${ms(m.ownAgain)} is the page's own start and the first sample, which is loaded beside it, and a call. Against the bare parts it is ${(m.ownAgain / m.floor).toFixed(2)}.`,
		}),
		ratio(
			'A further call, against an instance made from bytes on an empty page, and called',
			'whole',
			'fresh',
			0.5,
			{
				reason: `Of it, ${ms(m.inside)} are the instance and the run of the function, in a sandbox that holds the program compiled; the rest are the messages to another process and back, and the check of the arguments and of the result.`,
			},
		),
		time(
			'The same call, until its result is told',
			'whole',
			12,
			`Of it, ${ms(m.inside)} are the instance and the run of the function.`,
		),
		time('From pressing Run until the result is in the document', 'shown', 12),
		ratio(
			'Ten such calls, one right after the other, against ten empty sandboxes started and removed so',
			'tenCalls',
			'tenEmpty',
			1.3,
		),
		time('The mark of a run, until it is on disk; the call does not wait for that', 'mark', null),
		ratio('Reading 48 MiB on our host, against the bare shim', 'read ours', 'read shim', 1.15),
		ratio('Writing 24 MiB', 'write ours', 'write shim', 1.15),
		ratio('Reading and writing together', 'bytes ours', 'bytes shim', 1.15),
		ratio('Making 2,000 small files', 'files ours', 'files shim', 1.15, {
			reason: `It is ${(((m['files ours'] - m['files shim']) * 1000) / 2000).toFixed(0)} µs for each file: two decisions, and two entries of the record that are encoded and sent, where the shim checks no right and records nothing.`,
		}),
		ratio(
			'The same as the page plays it, without the calls of jco’s logger, against jco’s code and its shim',
			'files played',
			'files shim',
			1.15,
		),
		ratio(
			`A call with ${m.entries} recorded host calls, recorded against not recorded`,
			'entries ours',
			'entries unrecorded',
			2,
		),
		ratio(
			'100,000 host calls in the page, counted and shown, against the bare shim',
			'recordedCalls',
			'shimCalls',
			2,
		),
		time(
			`Longest task of the page while ${m.floodEntries.toFixed(0)} entries come in and 10,000 files go into the world`,
			'floodTask',
			50,
			`The processor was busy for ${ms(m.floodTaskCpu)} of it. It is the task in which the files go into the world, or one that the collector of garbage was in; no task of taking the entries in is as long.`,
		),
		ratio(
			'An export that takes and gives a string: jco’s code, against the least by hand',
			'generated echoString',
			'hand echoString',
			null,
			{ shown: us },
		),
		ratio('The same, without the calls of jco’s logger', 'unlogged echoString', 'hand echoString', null, {
			shown: us,
		}),
		ratio('The same, where the export may wait (JSPI)', 'suspending echoString', 'hand echoString', null, {
			shown: us,
		}),
		ratio('An export that takes and gives a number', 'generated echoU32', 'hand echoU32', null, {
			shown: us,
		}),
		ratio('The same, without the calls of jco’s logger', 'unlogged echoU32', 'hand echoU32', null, {
			shown: us,
		}),
		size('Gzip bytes before the first paint', sizes.painted, 150_000),
		size('Gzip bytes before the page can be used', sizes.mounted, null),
		size('Gzip bytes to the first result', sizes.toResult, 1_500_000),
		time('First paint over 4 Mbit/s', 'slowPaint', 2000),
		time('The page can be used over 4 Mbit/s', 'slowUsable', 2000),
		time('Its first result over 4 Mbit/s', 'slowResult', null),
	];
	return rows.map((row) => ({ ...row, met: row.target === null ? null : row.value <= row.target }));
}
