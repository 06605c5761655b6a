import { describe, expect, test } from 'vitest';
import type { FileNode, FileTree } from '../../core/files';
import { readComponentFile } from './component-file';
import { readReference } from './component-reference';

const file = { kind: 'file', content: new Uint8Array([1]), size: 1, modified: 0 } as const;
const directory = { kind: 'directory', modified: 0 } as const;
const link = (target: string) => ({ kind: 'symlink', target, modified: 0 }) as const;

const files: FileTree = new Map<string, FileNode>([
	['/', directory],
	['/d', directory],
	['/d/f.wasm', file],
	['/d/g.b.wasm', file],
	['/d/x.WASM', file],
	['/d/.wasm', file],
	['/d/a.txt', file],
	['/d/dir.wasm', directory],
	['/d/dang.wasm', link('none')],
	['/d/loop.wasm', link('loop.wasm')],
	['/d/abs.wasm', link('/d/f.wasm')],
	['/d/up', link('../d')],
]);

const invalid = 'Invalid component reference. Should be of the form scheme://reference';
const relative =
	'Component path must be fully qualified. Please provide an absolute path to the WebAssembly component file.';
const missing = (path: string) =>
	`Component path does not exist: ${path}. Please provide a valid path to a WebAssembly component file.`;
const extension = (path: string) =>
	`Invalid file extension for component: ${path}. Component file must have .wasm extension.`;

// Wassette 0.4.0 and 0.8.0 answered so.
describe('what load-component is given', () => {
	test.each([
		['x.wasm', invalid],
		['', invalid],
		['//x', invalid],
		['file:/d/a.txt', invalid],
		['file:', invalid],
		['oci:x', invalid],
		['https:a.test', invalid],
		['a:b:c', invalid],
		['://x', 'Unsupported component scheme: '],
		['a://b://c', 'Unsupported component scheme: a'],
		['HTTPS://a.test/x.wasm', 'Unsupported component scheme: HTTPS'],
		['FILE:///d/f.wasm', 'Unsupported component scheme: FILE'],
		['http://a.test/x.wasm', 'Unsupported component scheme: http'],
		['a b://c', 'Unsupported component scheme: a b'],
	])('%s is refused in the words of Wassette', (reference, words) => {
		expect(readReference(reference)).toEqual({ ok: false, error: [words] });
	});

	test.each([
		['https://', 'empty host'],
		['https://a b/', 'invalid international domain name'],
	])('%s is no address: %s', (reference, cause) => {
		expect(readReference(reference)).toEqual({ ok: false, error: ['builder error', cause] });
	});

	test.each(['https://a.test/x.wasm', 'oci://a.test/x:1', 'sample:files'])(
		'%s is where to get it',
		(address) => {
			expect(readReference(address)).toEqual({ ok: true, value: { kind: 'address', address } });
		},
	);
});

describe('a file of the world', () => {
	test.each([
		['/d/f.wasm', 'f'],
		['/d/g.b.wasm', 'g.b'],
		['//d//./f.wasm', 'f'],
		['/d/../d/f.wasm', 'f'],
		['/d/abs.wasm', 'abs'],
		['/d/up/f.wasm', 'f'],
	])('%s is the component %s', (path, id) => {
		expect(readComponentFile(files, path)).toEqual({ ok: true, value: { id, bytes: file.content } });
	});

	test.each([
		['nope', relative],
		['', relative],
		['../x', relative],
		['localhost/d/f.wasm', relative],
		['/nope.wasm', missing('/nope.wasm')],
		['/d/a%20b', missing('/d/a%20b')],
		['/d/f.wasm?x', missing('/d/f.wasm?x')],
		['/d/none/../f.wasm', missing('/d/none/../f.wasm')],
		['/d/dang.wasm', missing('/d/dang.wasm')],
		['/', extension('/')],
		['/d/', extension('/d/')],
		['/d/a.txt', extension('/d/a.txt')],
		['/d/x.WASM', extension('/d/x.WASM')],
		['/d/.wasm', extension('/d/.wasm')],
		['/d/f.wasm/', 'Not a directory (os error 20)'],
		['/d/f.wasm/.', 'Not a directory (os error 20)'],
		['/d/a.txt/x', 'Not a directory (os error 20)'],
		['/d/loop.wasm', 'Too many levels of symbolic links (os error 40)'],
		[`/d/${'n'.repeat(256)}.wasm`, 'File name too long (os error 36)'],
		['/\0', 'file name contained an unexpected NUL byte'],
	])('%s is refused in the words of Wassette', (path, words) => {
		expect(readComponentFile(files, path)).toEqual({ ok: false, error: [words] });
	});

	test('a directory is not copied', () => {
		expect(readComponentFile(files, '/d/dir.wasm/')).toMatchObject({
			error: [
				'Failed to copy component to destination: COMPDIR',
				expect.stringContaining('neither a regular file'),
			],
		});
	});
});
