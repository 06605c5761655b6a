import { kb, ms } from './lib/figures.mjs';

/** The rows of the table: medians `m` by what they are of, sizes in bytes. */
export function tableOf(m, sizes) {
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
		ratio('First visit to the first result of its sample, against the bare parts', 'cold', 'floor', 1.5),
		ratio('The same for a component of one’s own', 'own', 'floor', 1.5, {
			reason:
				'The page loads its own code and its sample beside the transpiler, on the same cores; the bare parts load nothing else.',
		}),
		ratio('A component of one’s own on the next visit, against the first', 'ownAgain', 'own', 0.25, {
			reason:
				'What is left is the start of the page itself and of a sandbox, neither of which a kept program saves.',
		}),
		ratio('The sample on the next visit, against the first', 'again', 'cold', null),
		ratio('A whole call, against a fresh instance alone', 'whole', 'fresh', 1.3, {
			reason:
				'A fresh instance of a small component takes a few milliseconds, and handing a call over to another process and back takes about as long.',
		}),
		ratio('Reading 48 MiB on our host, against the bare shim', 'read ours', 'read shim', 1.15),
		ratio('Writing 24 MiB', 'write ours', 'write shim', 1.15),
		ratio('Making 2,000 small files', 'files ours', 'files shim', 1.15, {
			reason:
				'Each file is two decisions and two entries of the record, against next to nothing in the shim, which checks no right and records nothing.',
		}),
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
			`Longest task of the page while ${m.floodEntries.toFixed(0)} entries come in`,
			'floodTask',
			50,
			`Of it the processor was busy for ${ms(m.floodTaskCpu)}: the rest is waiting for the component, which fills a core of its own.`,
		),
		ratio(
			'An export that takes and gives a string: jco’s code, against the least by hand',
			'generated echoString',
			'hand echoString',
			null,
			{ shown: us },
		),
		ratio('The same, where the export may wait (JSPI)', 'suspending echoString', 'hand echoString', null, {
			shown: us,
		}),
		ratio(
			'The same, not waiting, without the calls of jco’s logger',
			'unlogged echoString',
			'hand echoString',
			null,
			{ shown: us },
		),
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
		time('The page can be used', 'slowUsable', 2000),
		time('The first result of its sample', 'slowResult', null),
	];
	return rows.map((row) => ({ ...row, met: row.target === null ? null : row.value <= row.target }));
}
