import { err, ok, type Result } from '../core/result';
import { initialPages, limitModule, pageBytes } from './core-module';
import type { Program } from './program';
import { watchGrowth } from './watch-growth';

/** Elements that each table of a guest may have. */
const maximumTableElements = 100_000;

/**
 * The program with its linear memories bounded to so many bytes together: each may grow by an equal share of what their initial sizes
 * leave, and each marks that it was refused more. The error says that the program cannot start within the limit.
 */
export function limitProgram(program: Program, memoryBytes: number): Result<Program, string> {
	const before = lastLimited.get(program);
	if (before?.memoryBytes === memoryBytes) return ok(before.program);
	const limited = limitModules(program.modules, memoryBytes);
	if (!limited.ok) return limited;
	const modules = limited.value.map(([name, module]) => [name, watchGrowth(module)] as const);
	const bounded = { ...program, modules };
	lastLimited.set(program, { memoryBytes, program: bounded });
	return ok(bounded);
}

/** One call after the other has the same limit: what was made for the last one is kept with its program. */
const lastLimited = new WeakMap<Program, { readonly memoryBytes: number; readonly program: Program }>();

/** The same for modules that belong to no program yet. */
export function limitModules(
	modules: Program['modules'],
	memoryBytes: number,
): Result<Program['modules'], string> {
	// Of each module: how many memories it defines, and the largest initial size among them.
	const initial: { readonly memories: number; readonly most: number }[] = [];
	for (const [, bytes] of modules) {
		const pages = initialPages(bytes);
		if (!pages.ok) return pages;
		initial.push({ memories: pages.value.length, most: Math.max(0, ...pages.value) });
	}
	const memories = initial.reduce((sum, each) => sum + each.memories, 0);
	const needed = initial.reduce((sum, each) => sum + each.memories * each.most, 0);
	// A 32-bit memory has at most 65,536 pages, whatever the limit is.
	const allowed = Math.min(Math.floor(memoryBytes / pageBytes), 65_536);
	if (needed > allowed) {
		return err(
			`The component needs ${kibibytes(needed)} of memory to start, and the limit is ${kibibytes(allowed)}.`,
		);
	}
	const share = Math.floor((allowed - needed) / Math.max(memories, 1));
	const limited: (readonly [string, Uint8Array])[] = [];
	for (const [index, [name, bytes]] of modules.entries()) {
		const most = initial[index]?.most ?? 0;
		const module = limitModule(bytes, { memoryPages: most + share, tableElements: maximumTableElements });
		if (!module.ok) return module;
		limited.push([name, module.value]);
	}
	return ok(limited);
}

/** In a release's words, that the first memory of a program needs more than a limit to start; null where it does not. */
export function memoryFault({ modules }: Pick<Program, 'modules'>, bytes: number): string | null {
	for (const [, module] of modules) {
		const pages = initialPages(module);
		const most = pages.ok ? pages.value.find((count) => count * pageBytes > bytes) : undefined;
		if (most !== undefined) return `memory minimum size of ${most} pages exceeds memory limits`;
	}
	return null;
}

const kibibytes = (pages: number): string => {
	const kib = (pages * pageBytes) / 1024;
	return kib % 1024 === 0 ? `${kib / 1024} MiB` : `${kib} KiB`;
};
