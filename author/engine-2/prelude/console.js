// console, over the standard streams.
import standardOut from 'wasi:cli/stdout@0.2.12';
const inWords = (value) => {
	if (typeof value === 'string') return value;
	if (typeof value === 'bigint') return `${value}n`;
	if (value instanceof Error) return value.stack ? `${value}\n${plainStack(value.stack).trimEnd()}` : String(value);
	if (typeof value !== 'object' || value === null) return String(value);
	const seen = new Set();
	const plain = (_, part) => {
		if (typeof part === 'bigint') return `${part}n`;
		if (part instanceof Map) return [...part];
		if (part instanceof Set) return [...part];
		if (typeof part !== 'object' || part === null) return part;
		if (seen.has(part)) return '[seen before]';
		seen.add(part);
		return part;
	};
	return JSON.stringify(value, plain) ?? String(value);
};
const writeTo = (stream, bytes) => {
	for (let at = 0; at < bytes.length; at += 4096) stream.blockingWriteAndFlush(bytes.slice(at, at + 4096));
};
const print =
	(streamOf) =>
	(...values) =>
		writeTo(streamOf(), encodeUtf8(`${values.map(inWords).join(' ')}\n`));
const toOut = print(() => standardOut.getStdout());
const toError = print(() => guardError.getStderr());
globalThis.console = {
	log: toOut,
	info: toOut,
	debug: toOut,
	dir: toOut,
	table: toOut,
	warn: toError,
	error: toError,
	trace: toError,
	assert: (holds, ...values) => holds || toError('Assertion failed:', ...values),
};
