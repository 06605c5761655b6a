import type { EngineTraits } from './policy/engine-traits';

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

/** Interfaces of WASI 0.3 that the host answers, as `providedInterfaces` has those of 0.2. */
export const provided3: readonly string[] = [
	...['environment', 'exit', 'stdin', 'stdout', 'stderr', 'types', 'run'].map((name) => `wasi:cli/${name}`),
	...['input', 'output', 'stdin', 'stdout', 'stderr'].map((name) => `wasi:cli/terminal-${name}`),
	...['monotonic-clock', 'system-clock', 'timezone', 'types'].map((name) => `wasi:clocks/${name}`),
	...['random', 'insecure', 'insecure-seed'].map((name) => `wasi:random/${name}`),
	...['types', 'preopens'].map((name) => `wasi:filesystem/${name}`),
	...['types', 'client', 'handler'].map((name) => `wasi:http/${name}`),
	...['types', 'ip-name-lookup'].map((name) => `wasi:sockets/${name}`),
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

/**
 * Of a component's imports by full name, those that a release does not provide although the host here does: WASI 0.3 and logging none of
 * them, and `wasi:config` in the drafts that it was built with alone. Nothing for an engine that does not mind.
 */
export function missingInRelease(
	imports: readonly string[],
	{ refusesMissing, config }: Pick<EngineTraits, 'refusesMissing' | 'config'>,
): readonly string[] {
	if (!refusesMissing) return [];
	return imports.filter((name) => {
		const [, owner, version] = /^(wasi:[^/]+)\/[^@]+(?:@(.*))?$/.exec(name) ?? [];
		if (owner === 'wasi:logging') return true;
		if (owner === 'wasi:config') return !config.includes(version ?? '');
		return owner !== undefined && isPreview3(name);
	});
}

/** Whether an interface is one of WASI 0.3. */
export const isPreview3 = (name: string): boolean => /^wasi:.*@0\.3\.\d+$/.test(name);
