import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parse } from 'svelte/compiler';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/** What each folder of src/ may import beside itself. One that is not named here fails. */
const mayImport: Record<string, readonly string[]> = {
	core: [],
	storage: [],
	component: ['core', 'storage'],
	artifact: ['core', 'component'],
	host: ['core'],
	sandbox: ['core', 'component', 'host'],
	author: ['core', 'component'],
	deck: ['core', 'storage', 'component', 'artifact', 'sandbox'],
	mcp: ['core', 'component', 'artifact', 'sandbox', 'deck'],
	ui: ['core', 'component', 'artifact', 'author', 'sandbox', 'deck', 'mcp'],
	page: ['core', 'storage', 'component', 'artifact', 'author', 'sandbox', 'deck', 'mcp', 'ui'],
	embed: ['core', 'component', 'artifact', 'sandbox', 'deck', 'mcp', 'ui', 'page'],
	command: ['core'],
	verify: ['core', 'component', 'artifact', 'sandbox', 'deck', 'mcp', 'page'],
};

/** What lies outside src/ and may be read by whom: built samples, surprises, the version. */
const mayReadOutside: Record<string, readonly string[]> = {
	'static-components': ['page'],
	'static-surprises': ['ui'],
	author: ['author'],
	'package.json': ['page', 'embed', 'verify', 'command'],
};

interface Edge {
	readonly file: string;
	readonly from: string;
	readonly to: string;
	readonly target: string;
}

const src = import.meta.dirname;

/** The scripts of a file: all of a module, what stands between the script tags of a component. */
function scripts(name: string, text: string): string[] {
	if (!name.endsWith('.svelte')) return [text];
	const { instance, module } = parse(text, { modern: true });
	return [instance, module].flatMap((script) => {
		if (!script) return [];
		const { start, end } = script.content as unknown as { start: number; end: number };
		return [text.slice(start, end)];
	});
}

/** The relative imports of one file that leave its folder, in every form that TypeScript itself takes for an import. */
export function edgesOf(file: string, text: string): Edge[] {
	const [from = ''] = file.split(sep);
	return scripts(file, text)
		.flatMap((script) => ts.preProcessFile(script, true, true).importedFiles)
		.filter(({ fileName }) => fileName.startsWith('.'))
		.flatMap(({ fileName }) => {
			const target = relative(src, resolve(src, dirname(file), fileName));
			const to = target.split(sep).find((part) => part !== '..') ?? '';
			return to === from ? [] : [{ file, from, to, target }];
		});
}

/** What is wrong with an import, or null. */
export function wrongWith({ file, from, to, target }: Edge): string | null {
	// A test may look at anything.
	if (/\.test\.ts$|(^|\/)testing\//.test(file)) return null;
	const rule = `${file} imports ${target}`;
	if (target.startsWith('..')) return mayReadOutside[to]?.includes(from) ? null : rule;
	const allowed = mayImport[from];
	if (!allowed) return `${rule}: the folder ${from} is not named`;
	if (to === 'host' && !file.startsWith(join('sandbox', 'runner')))
		return `${rule}: only the inside of the sandbox has the host`;
	return allowed.includes(to) ? null : rule;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
	/\.(ts|svelte)$/.test(file),
);
const edges = files.flatMap((file) => edgesOf(file, readFileSync(join(src, file), 'utf8')));

describe('imports between the folders of src', () => {
	test('point one way, over all folders', () => {
		expect(edges.length).toBeGreaterThan(300);
		expect(edges.map(wrongWith).filter((wrong) => wrong !== null)).toEqual([]);
	});

	test('leave no file beside the folders but what holds all of them', () => {
		expect(files.filter((file) => !file.includes(sep))).toEqual(['names.test.ts', 'topology.test.ts']);
	});

	test.each([
		['behind a comment', 'core/a.ts', "// don't\nimport { x } from '../sources';"],
		['over two lines', 'core/a.ts', "import {\n\tx,\n} from '../deck/deck';"],
		['of a type', 'core/a.ts', "import type { X } from '../ui/x';"],
		['on demand', 'core/a.ts', "const x = () => import('../ui/x');"],
		['that is passed on', 'core/a.ts', "export * from '../mcp/link';"],
		['in a component', 'ui/A.svelte', '<script lang="ts">\n\timport x from "../page/door";\n</script>\n'],
		['of data outside', 'core/a.ts', "import x from '../../static-components/index.json';"],
		['of the host by the page', 'sandbox/supervisor.ts', "import { x } from '../host/gate';"],
		['from a folder that nobody named', 'elsewhere/a.ts', "import { x } from '../core/url';"],
	])('are seen when wrong: one %s', (_, file, text) => {
		const found = edgesOf(file, text);
		expect(found).toHaveLength(1);
		expect(found.map(wrongWith)).not.toContain(null);
	});
});
