import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/** What each folder of src/ may import. `host` is inside the sandbox, so page code never sees it. */
const mayImport: Record<string, readonly string[]> = {
	core: [],
	storage: [],
	component: ['core', 'storage'],
	host: ['core'],
	sandbox: ['core', 'component', 'host'],
	deck: ['core', 'storage', 'component', 'sandbox'],
	mcp: ['core', 'component', 'sandbox', 'deck'],
	ui: ['core', 'component', 'sandbox', 'deck', 'mcp'],
};

const src = import.meta.dirname;
const imports =
	/(?:^|[\s;}])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:import\(|^import\s)\s*['"]([^'"]+)['"]/gm;

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
	/\.(ts|svelte)$/.test(file),
);

/** Every relative import of the tree as [file, folder, imported folder]. */
function edges(): [file: string, from: string, to: string][] {
	return sources.flatMap((file) => {
		const [from] = file.split(sep);
		if (!from || !(from in mayImport)) return [];
		return [...readFileSync(join(src, file), 'utf8').matchAll(imports)].flatMap(
			(match): [string, string, string][] => {
				const target = match[1] ?? match[2] ?? '';
				if (!target.startsWith('.')) return [];
				const [to] = relative(src, resolve(src, dirname(file), target)).split(sep);
				return to && to !== from && to in mayImport ? [[file, from, to]] : [];
			},
		);
	});
}

describe('imports between the folders of src', () => {
	test('point one way', () => {
		const wrong = edges().filter(([, from, to]) => !mayImport[from]?.includes(to));
		expect(wrong).toEqual([]);
	});

	test('reach the host only from inside the sandbox', () => {
		const wrong = edges().filter(
			([file, , to]) => to === 'host' && !file.startsWith(join('sandbox', 'runner')),
		);
		expect(wrong).toEqual([]);
	});

	test('are found at all', () => {
		expect(edges().length).toBeGreaterThan(5);
	});
});
