// What an exported function throws and the world has no place for ends the call with a trap, which has no words: they go to standard error.
import guardError from 'wasi:cli/stderr@0.2.12';
// A stack with the script under the name by which its lines are told, and without what its writer did not write.
const plainStack = (stack) =>
	String(stack ?? '')
		.replaceAll('componentize-qjs:user.js', 'tool.js')
		.split('\n')
		.filter((line) => !line.includes('(componentize-qjs:shim') && line.trim() !== 'at apply (native)')
		.join('\n');
const tellThrown = (thrown) => {
	const words =
		thrown instanceof Error ? `${thrown}\n${plainStack(thrown.stack)}` : `${inPlainWords(thrown)} was thrown\n`;
	const bytes = encodeUtf8(words);
	const stream = guardError.getStderr();
	for (let at = 0; at < bytes.length; at += 4096) stream.blockingWriteAndFlush(bytes.slice(at, at + 4096));
};
const inPlainWords = (value) => {
	try {
		return typeof value === 'string'
			? value
			: JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part));
	} catch {
		return String(value);
	}
};
// `fails` is whether the function's type has a place for what it throws: then only an Error is none of it.
const guardFunction = (run, fails) => {
	if (typeof run !== 'function' || /^class\b/.test(Function.prototype.toString.call(run))) return run;
	const tell = (thrown) => {
		if (!fails || thrown instanceof Error) tellThrown(thrown);
		throw thrown;
	};
	return function (...given) {
		try {
			const result = run.apply(this, given);
			if (typeof result?.then !== 'function') return result;
			if (isAsync) return result.then(undefined, tell);
			throw new TypeError(
				'A promise was given, and nothing can be awaited: no function of the world is async. Write "async func" in the WIT, or do without the promise.',
			);
		} catch (thrown) {
			return tell(thrown);
		}
	};
};
globalThis.__guarded = (value, fails) => {
	if (typeof value === 'function') return guardFunction(value, fails);
	if (typeof value !== 'object' || value === null) return value;
	return new Proxy(value, { get: (of, key) => guardFunction(of[key], fails) });
};
// Holds an export against the world: `parts` are null for a function, else the members of an interface, each with the way to it.
globalThis.__wanted = (name, value, parts) => {
	if (parts === null) {
		if (typeof value !== 'function') throw new TypeError(`${name} is no function, and the world exports one.`);
		return;
	}
	for (const [of, ...path] of parts) {
		const found = path.reduce((part, key) => part?.[key], value);
		const way = path.filter((key) => key !== 'prototype').join('.');
		if (typeof found !== 'function') throw new TypeError(`${name} has no ${way}, and the world exports ${of}.`);
	}
};
