import { describe, expect, test } from 'vitest';
import { dropLog } from './drop-log';

const logger = `const _debugLog = (...args) => {
  if (!globalThis?.process?.env?.JCO_DEBUG) { return; }
  console.debug(...args);
};
class Task {
  #id;
  id() { return this.#id; }
  parent() { return this.#parent?.id(); }
  count() { return ++this.#count; }
}
`;
const dropped = (code: string) => {
	const { source } = dropLog(logger + code);
	expect(source.startsWith(logger)).toBe(true);
	expect(source.split('\n')).toHaveLength((logger + code).split('\n').length);
	return source.slice(logger.length);
};

describe('a call of the logger goes', () => {
	test.each([
		['with texts, names and numbers', `_debugLog('a', "b", c, 1, 2n, \`d\`);`],
		['with a record', `_debugLog('a', { b, c: d.e, f: typeof g, h: [i, null], 'j': this.#k?.l });`],
		['with comparisons', `_debugLog('a', { b: c === null, d: e !== undefined, f: !g });`],
		['with what gives a field', `_debugLog('a', { b: task.id(), c: this.parent(), d: e?.id() });`],
		['with a property that is a word of the language', `_debugLog('a', { case: b.new, in: c.delete });`],
		['with nothing', `_debugLog();`],
	])('%s', (_what, call) => {
		for (const [before, after] of [
			[';', ';'],
			['function f() {', '}'],
			['{}', ''],
			['a = (b) => {', '};'],
		] as const)
			expect(dropped(before + call + after)).toBe(before + after);
	});

	test('and leaves its line breaks', () => {
		expect(dropped(`f();\n  _debugLog('a', {\n    b,\n  });\n  g();`)).toBe('f();\n  \n\n\n  g();');
	});
});

describe('a call of the logger stays', () => {
	test.each([
		['whose argument calls', `;_debugLog(f());`],
		['whose argument calls what does more than give a field', `;_debugLog(task.count());`],
		['whose argument calls with an argument', `;_debugLog(task.id(1));`],
		['whose argument is a function', `;_debugLog(() => f);`],
		['whose argument is made', `;_debugLog(new Task);`],
		['whose argument is awaited', `async () => {_debugLog(await f);}`],
		['whose argument is assigned', `;_debugLog(a = b);`],
		['whose argument counts', `;_debugLog(a++);`],
		['whose argument deletes', `;_debugLog(delete a.b);`],
		['whose argument is spread', `;_debugLog({ ...a });`],
		['whose argument becomes text', ';_debugLog(`${a}`);'],
		['whose argument is a tagged text', ';_debugLog(a`b`);'],
		['whose argument is added', `;_debugLog(a + b);`],
		['that is the body of a condition', `if (a) _debugLog(b); else c();`],
		['that is a value', `;a = _debugLog(b);`],
		['that is a part of an expression', `;_debugLog(b), c();`],
		['that has no semicolon', `;_debugLog(b)\nc();`],
		['that is the condition of a loop', `for (;_debugLog(b);) {}`],
		['that is a method', `;a._debugLog(b);`],
	])('%s', (_what, code) => {
		expect(dropped(code)).toBe(code);
	});
});

describe('nothing is taken for a call', () => {
	test.each([
		['in a text', `;a = "; _debugLog(b);";`],
		['in a text with a quote', `;a = 'it\\'s; _debugLog(b);';`],
		['in a template', ';a = `; _debugLog(b);`;'],
		['between the expressions of a template', ';a = `${c}; _debugLog(b); ${ {}.d } ; _debugLog(e);`;'],
		['in a regular expression', `;a = /; _debugLog(b);/.test(c);`],
		['in a class of a regular expression', `;a = /[/; _debugLog(b);"]/.test("");`],
		['in a regular expression behind a condition', `if (a) /; _debugLog(b); "/.test(c);`],
		['in a comment', `;// ; _debugLog(b);\n/* ; _debugLog(c); ' */`],
	])('%s', (_what, code) => {
		expect(dropped(code)).toBe(code);
	});

	test('but in an expression of a template it is one', () => {
		expect(dropped(';a = `x ${() => {_debugLog(b);}} y`;')).toBe(';a = `x ${() => {}} y`;');
	});

	test('and a division is none of these', () => {
		expect(dropped(`;a = b / c; _debugLog(d); e = (f) / g.return / 2; _debugLog(h); i = j[0] / k;`)).toBe(
			`;a = b / c;  e = (f) / g.return / 2;  i = j[0] / k;`,
		);
	});
});

describe('code stays whole', () => {
	const call = `;_debugLog(a);`;
	test.each([
		['without the logger', call],
		['whose logger is another', `const _debugLog = (...args) => { console.debug(...args); };${call}`],
		['with two loggers', `${logger}function f() { ${logger} }${call}`],
		['that gives the name another meaning', `${logger}function f(_debugLog) {${call}}`],
		['that has a function of the name', `${logger}function f() { function _debugLog() {} ${call}}`],
		['that hands the logger on', `${logger}f(_debugLog);${call}`],
		['in which a slash may be either', `${logger}f() {} /a/.test(b);${call}`],
		['in which a text has no end', `${logger}${call}'`],
		['in which brackets are left open', `${logger}${call}{`],
		['in which brackets do not match', `${logger}${call}(]`],
	])('%s', (_what, code) => {
		expect(dropLog(code)).toEqual({ source: code, dropped: 0, left: 0 });
	});

	test.each([
		['another method of the name does more', `class Other { id() { return f(); } }`],
		['a record has a function of the name', `a = { id: () => f() };`],
		['a function of the name is set', `a.id = function () {};`],
		['the method is a getter of its field', `class Other { get id() { return this.#id; } }`],
	])('where a method gives a field but %s', (_what, code) => {
		expect(dropped(`${code};_debugLog(task.id());`)).toBe(`${code};_debugLog(task.id());`);
	});
});
