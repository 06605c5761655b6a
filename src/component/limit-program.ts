import { itemAt } from '../core/item-at';
import { err, ok, type Result } from '../core/result';
import { limitModule, pageBytes, sizesOf, type Bounds } from './core-module';
import { exportMemories } from './export-memories';
import { countInstances } from './instances';
import type { Program } from './program';
import { tableLimits } from './table-limits';
import { watchGrowth } from './watch-growth';

/**
 * The program with its linear memories bounded to so many bytes together, in all instances of its modules: each may grow by an equal
 * share of what their initial sizes leave, can be seen, and marks that it was refused more. Tables are bounded likewise (`tableLimits`).
 * The error says that the program cannot start within the limit, and `advice` follows it: where that is raised.
 */
export function limitProgram(program: Program, memoryBytes: number, advice = ''): Result<Program, string> {
	const before = lastLimited.get(program);
	if (before?.memoryBytes === memoryBytes) return ok(before.program);
	const limited = limitModules(program, memoryBytes, advice);
	if (!limited.ok) return limited;
	const modules: (readonly [string, Uint8Array])[] = [];
	for (const [name, module] of limited.value) {
		const sizes = sizesOf(module);
		if (!sizes.ok) return sizes;
		modules.push([name, exportMemories(watchGrowth(module), sizes.value.importedMemories)]);
	}
	const bounded = { ...program, modules };
	lastLimited.set(program, { memoryBytes, program: bounded });
	return ok(bounded);
}

/** One call after the other has the same limit: what was made for the last one is kept with its program. */
const lastLimited = new WeakMap<Program, { readonly memoryBytes: number; readonly program: Program }>();

/** The same for what is no program yet: its modules alone are given, with their memories and tables bounded. */
export function limitModules(
	{ modules, source }: Pick<Program, 'modules' | 'source'>,
	memoryBytes: number,
	advice = '',
): Result<Program['modules'], string> {
	const instances = countInstances(source);
	if (!instances.ok) return instances;
	const memories: Asked[] = [];
	const tables: Asked[] = [];
	for (const [name, bytes] of modules) {
		const sizes = sizesOf(bytes);
		if (!sizes.ok) return sizes;
		// What generated code never instantiates cannot be instantiated more often than once unseen: the sandbox counts as well.
		const times = instances.value.get(name) ?? 1;
		memories.push(asked(sizes.value.memories, times));
		tables.push(asked(sizes.value.tables, times));
	}
	// A 32-bit memory has at most 65,536 pages, whatever the limit is.
	const pages = shareOut(memories, Math.min(Math.floor(memoryBytes / pageBytes), 65_536));
	if (!pages.ok) {
		const { needed, allowed } = pages.error;
		return err(
			`The component needs ${kibibytes(needed)} of memory to start, and the limit is ${kibibytes(allowed)}. ${advice}`.trimEnd(),
		);
	}
	const elements = shareOut(tables, tableLimits.together);
	if (!elements.ok) {
		const { needed, allowed } = elements.error;
		return err(
			`The component needs tables of ${needed} elements together to start, and the limit is ${allowed}.`,
		);
	}
	const limited: (readonly [string, Uint8Array])[] = [];
	for (const [index, [name, bytes]] of modules.entries()) {
		const module = limitModule(bytes, {
			memoryPages: itemAt(pages.value, index),
			tableElements: Math.min(tableLimits.each, itemAt(elements.value, index)),
		});
		if (!module.ok) return module;
		limited.push([name, module.value]);
	}
	return ok(limited);
}

/** In a release's words, that the first memory of a program needs more than a limit to start; null where it does not. */
export function memoryFault({ modules }: Pick<Program, 'modules'>, bytes: number): string | null {
	for (const [, module] of modules) {
		const sizes = sizesOf(module);
		const most = sizes.ok
			? sizes.value.memories.find(({ minimum }) => minimum * pageBytes > bytes)?.minimum
			: undefined;
		if (most !== undefined) return `memory minimum size of ${most} pages exceeds memory limits`;
	}
	return null;
}

/** What all instances of one module define together: how many, and the largest initial size among them. */
interface Asked {
	readonly count: number;
	readonly most: number;
}

const asked = (bounds: readonly Bounds[], times: number): Asked => ({
	count: bounds.length * times,
	most: bounds.reduce((most, { minimum }) => Math.max(most, minimum), 0),
});

/** For each module the maximum of what it defines, so that all instances together stay within what is allowed. */
function shareOut(
	all: readonly Asked[],
	allowed: number,
): Result<readonly number[], { readonly needed: number; readonly allowed: number }> {
	const count = all.reduce((sum, each) => sum + each.count, 0);
	const needed = all.reduce((sum, each) => sum + each.count * each.most, 0);
	if (needed > allowed) return err({ needed, allowed });
	const share = Math.floor((allowed - needed) / Math.max(count, 1));
	return ok(all.map(({ most }) => most + share));
}

const kibibytes = (pages: number): string => {
	const kib = (pages * pageBytes) / 1024;
	return kib % 1024 === 0 ? `${kib / 1024} MiB` : `${kib} KiB`;
};
