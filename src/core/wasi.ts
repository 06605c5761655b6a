/**
 * The imports whose answer may have to wait, as `<interface without version>#<function>`: the transpiler wraps them with JSPI, and
 * the host may return a promise from these only. A rejection of one hangs jco's generated code, so they settle with WASI error values.
 */
export const blockingImports: readonly string[] = [
	'wasi:io/poll#poll',
	'wasi:io/poll#[method]pollable.block',
	'wasi:io/streams#[method]input-stream.blocking-read',
	'wasi:io/streams#[method]input-stream.blocking-skip',
	'wasi:io/streams#[method]output-stream.blocking-flush',
	'wasi:io/streams#[method]output-stream.blocking-write-and-flush',
	'wasi:io/streams#[method]output-stream.blocking-write-zeroes-and-flush',
	'wasi:io/streams#[method]output-stream.blocking-splice',
];

/** Interfaces that the host answers, without version; `/*` stands for every interface of a package. Every 0.2 version of one is the same. */
export const providedInterfaces: readonly string[] = [
	'wasi:cli/*',
	'wasi:clocks/*',
	'wasi:random/*',
	'wasi:io/*',
	'wasi:filesystem/*',
	'wasi:http/types',
	'wasi:http/outgoing-handler',
	'wasi:sockets/*',
	'wasi:config/store',
	'wasi:config/runtime',
	'wasi:logging/logging',
];
