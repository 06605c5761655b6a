import { unzipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileNode } from '../files';
import { createOutlet } from '../outlet';
import { filesZip } from './files-zip';
import { safeNames } from './safe-names';

const bytes = (text: string) => new TextEncoder().encode(text);
const file = (text: string): FileNode => ({
	kind: 'file',
	content: bytes(text),
	size: text.length,
	modified: 0,
});
const tree = (entries: Readonly<Record<string, FileNode>>) =>
	new Map<string, FileNode>([['/', { kind: 'directory', modified: 0 }], ...Object.entries(entries)]);
const unzipped = (zip: Uint8Array) =>
	Object.entries(unzipSync(zip)).map(([name, content]) => [name, new TextDecoder().decode(content)]);

describe('a zip of files', () => {
	test('holds files and directories under their names', () => {
		const { bytes: zip, changed } = filesZip(
			tree({ '/a.txt': file('a'), '/dir': { kind: 'directory', modified: 0 }, '/dir/b': file('b') }),
			createOutlet([]),
		);
		expect(unzipped(zip)).toEqual([
			['a.txt', 'a'],
			['dir/', ''],
			['dir/b', 'b'],
		]);
		expect(changed).toEqual([]);
	});

	test('has a file named __proto__', () => {
		const entries = tree({});
		entries.set('/__proto__', file('kept'));
		entries.set('/constructor', file('too'));
		const { bytes: zip } = filesZip(entries, createOutlet([]));
		const names: string[] = [];
		unzipSync(zip, { filter: ({ name, originalSize }) => (names.push(`${name} ${originalSize}`), false) });
		expect(names).toEqual(['__proto__ 4', 'constructor 3']);
	});

	test('leaves out symbolic links and secrets, and says so', () => {
		const zip = filesZip(
			tree({
				'/link': { kind: 'symlink', target: '/etc', modified: 0 },
				'/log': file('token=hunter22'),
				'/hunter22.txt': file(''),
			}),
			createOutlet([{ key: 'TOKEN', value: 'hunter22' }]),
		);
		expect(zip).toMatchObject({ links: 1, hidden: 1 });
		expect(unzipped(zip.bytes)).toEqual([
			['log', 'token=[secret TOKEN]'],
			['[secret TOKEN].txt', ''],
		]);
	});
});

describe('names in an archive', () => {
	test.each([
		['/data/..\\..\\up.txt', 'data/.._.._up.txt'],
		['/a/../b', 'a/._/b'],
		['/C:/x', 'C_/x'],
		['/c:\\x', 'c__x'],
		['/nul', '_nul'],
		['/COM1.txt', '_COM1.txt'],
		['/console', 'console'],
		['/end. ', 'end._'],
		['/tab\tnew\nline', 'tab_new_line'],
		['/\u202Egpj.exe', '_gpj.exe'],
		['/emoji 😀.txt', 'emoji 😀.txt'],
	])('are made safe: %s', (path, name) => {
		expect(safeNames([path]).names).toEqual([name]);
	});

	test('that are one for some system get a number, and those that can stay do', () => {
		const { names, changed } = safeNames(['/a:b.txt', '/a_b.txt', '/A_B.txt', '/d', '/d/x', '/D/x']);
		expect(names).toEqual(['a_b (3).txt', 'a_b.txt', 'A_B (2).txt', 'd', 'd/x', 'D (2)/x']);
		expect(changed).toContainEqual({ from: 'a:b.txt', to: 'a_b (3).txt' });
	});

	test('are safe and unlike each other, whatever the paths are', () => {
		const segment = fc.oneof(
			fc.string({ minLength: 1, unit: 'binary' }),
			fc.string({
				minLength: 1,
				unit: fc.constantFrom('.', '\\', ':', ' ', 'c', 'o', 'n', 'A', 'a', '(', '2', ')'),
			}),
		);
		const paths = fc.uniqueArray(
			fc
				.array(segment, { minLength: 1, maxLength: 3 })
				.map((parts) => `/${parts.join('').replaceAll('/', '')}`),
			{ maxLength: 12 },
		);
		fc.assert(
			fc.property(paths, (all) => {
				const { names } = safeNames(all.filter((path) => path !== '/'));
				expect(new Set(names.map((name) => name.normalize('NFKC').toLowerCase())).size).toBe(names.length);
				for (const name of names)
					for (const part of name.split('/'))
						expect(part).not.toMatch(/^\.{0,2}$|[\\:]|[. ]$|^(con|nul|aux|prn)(\.|$)/i);
			}),
		);
	});
});
