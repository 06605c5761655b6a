import { describe, expect, test } from 'vitest';
import { seal } from '../../src/core/outlet/outgoing';
import { besideCheck } from './beside-report.mjs';
import { plain } from '../lib/plain.mjs';
import { exitCode, junitReport, textReport, xml, type FileResult } from './report.mjs';

const check = {
	kind: 'decision',
	name: 'env KEY under 0.8.1',
	passed: true,
	message: null,
	duration: 0,
} as const;
const call = {
	kind: 'call',
	name: 'call say {"text":"<hi>"}',
	passed: true,
	message: null,
	duration: 1500,
} as const;
const failed = { ...call, passed: false, message: 'Expected "a" & got <b>.' };

const passing = (file = 'a.tapedeck.json'): FileResult => ({
	file,
	outcome: seal({
		ok: true,
		title: 'A title',
		engine: '0.8.1',
		checks: [check, call],
		notes: ['Not shown.'],
	}),
});
const failing: FileResult = {
	file: 'b.tapedeck.json',
	outcome: seal({ ok: true, title: null, engine: 'documented', checks: [check, failed], notes: ['A note.'] }),
};
const broken: FileResult = { file: 'c.json', outcome: seal({ ok: false, error: 'This is not a scenario.' }) };

const skipped: FileResult = {
	file: 'd.tapedeck.json',
	outcome: seal({
		ok: true,
		title: null,
		engine: '0.8.0',
		checks: [check, { ...call, skipped: 'It cannot be asked.' }],
		notes: [],
	}),
};

describe('what could not be asked of a binary', () => {
	test('is named, and counts as neither passed nor failed', () => {
		expect(exitCode([skipped])).toBe(0);
		expect(textReport([skipped])).toBe(
			[
				'✓ d.tapedeck.json (0.8.0, 1 check)',
				'    – call say {"text":"<hi>"}',
				'      It cannot be asked.',
				'',
				'1 file: 1 check passed, 0 failed, 1 could not be asked',
			].join('\n'),
		);
		const report = junitReport([skipped]);
		expect(report).toContain('<skipped message="It cannot be asked."/>');
		expect(report).toContain('tests="2" failures="0" errors="0" skipped="1"');
	});
});

describe('a call beside a binary', () => {
	const row = {
		name: 'call say {}',
		page: { outcome: 'result', text: 'pong' },
		binary: { outcome: 'err', text: 'no certificate' },
		parts: true,
		unexpected: null,
		overTls: false,
	} as const;

	test('is a difference where the two part, and none where the binary would have to trust a certificate', () => {
		expect(besideCheck(row, '0.8.0')).toMatchObject({ passed: false });
		const asked = besideCheck({ ...row, overTls: true }, '0.8.0');
		expect(asked).toMatchObject({ passed: true, name: 'Wassette 0.8.0: call say {}' });
		expect(asked.skipped).toContain('https');
	});
});

describe('the exit code of verify', () => {
	test.each<[string, readonly FileResult[], number]>([
		['0 where all is as expected', [passing(), passing()], 0],
		['1 where one thing differs', [passing(), failing], 1],
		['2 where a file cannot be checked, whatever else differs', [failing, broken], 2],
	])('is %s', (_, results, code) => {
		expect(exitCode(results)).toBe(code);
	});
});

describe('the report for a person', () => {
	test('has a line for each file, and what differs under it', () => {
		expect(textReport([passing(), failing, broken])).toBe(
			[
				'✓ a.tapedeck.json: A title (0.8.1, 2 checks)',
				'✕ b.tapedeck.json (documented, 1 of 2 checks failed)',
				'    ✕ call say {"text":"<hi>"}',
				'      Expected "a" & got <b>.',
				'    A note.',
				'✕ c.json: This is not a scenario.',
				'',
				'3 files: 3 checks passed, 1 failed, 1 file could not be checked',
			].join('\n'),
		);
	});

	test('says so where a scenario expects nothing', () => {
		const outcome = seal({ ok: true, title: null, engine: '0.8.1', checks: [], notes: [] } as const);
		expect(textReport([{ file: 'a', outcome }])).toContain('so nothing was checked');
	});

	test('lets no text do something to the terminal', () => {
		expect(plain('a\u001b[2J\u202eb\n')).toBe('a\\u{1b}[2J\\u{202e}b\\u{a}');
	});
});

describe('the JUnit report', () => {
	test('has a suite for each file, a case for each check, and times in seconds', () => {
		expect(junitReport([passing(), failing, broken])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="tapedeck">
  <testsuite name="a.tapedeck.json" tests="2" failures="0" errors="0" skipped="0" time="1.5">
    <testcase classname="a.tapedeck.json" name="env KEY under 0.8.1" time="0"/>
    <testcase classname="a.tapedeck.json" name="call say {&quot;text&quot;:&quot;&lt;hi&gt;&quot;}" time="1.5"/>
  </testsuite>
  <testsuite name="b.tapedeck.json" tests="2" failures="1" errors="0" skipped="0" time="1.5">
    <testcase classname="b.tapedeck.json" name="env KEY under 0.8.1" time="0"/>
    <testcase classname="b.tapedeck.json" name="call say {&quot;text&quot;:&quot;&lt;hi&gt;&quot;}" time="1.5"><failure message="Expected &quot;a&quot; &amp; got &lt;b&gt;."/></testcase>
  </testsuite>
  <testsuite name="c.json" tests="1" failures="0" errors="1" skipped="0" time="0">
    <testcase classname="c.json" name="opens" time="0"><error message="This is not a scenario."/></testcase>
  </testsuite>
</testsuites>
`);
	});

	test.each([
		[`<a b="c" d='e'>&`, '&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;'],
		[']]>', ']]&gt;'],
		['one\ntwo\tthree\r', 'one&#10;two&#9;three&#13;'],
		['a\u0000\u001b\ufffe\ud800b', 'a\ufffd\ufffd\ufffd\ufffdb'],
		['täpe 📼', 'täpe 📼'],
	])('escapes %j', (text, escaped) => {
		expect(xml(text)).toBe(escaped);
	});
});
