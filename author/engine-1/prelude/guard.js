// What an exported function throws and the world has no place for ends the call with a trap, which has no words: they go to standard error.
import guardError from 'wasi:cli/stderr@0.2.12';
const tellThrown = (thrown) => {
	const words =
		thrown instanceof Error ? `${thrown}\n${thrown.stack ?? ''}` : `${inPlainWords(thrown)} was thrown\n`;
	const bytes = encodeUtf8(
		words.replaceAll('componentize-qjs:user.js', 'tool.js').replace(/.*\(componentize-qjs:shim.*\n/g, ''),
	);
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
			return typeof result?.then === 'function' ? result.then(undefined, tell) : result;
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
