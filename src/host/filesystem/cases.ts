import type { Descriptor } from './descriptor';
import type { DescriptorFlags, OpenFlags, PathFlags } from './wasi';

/** A tree to lay out before a case: a string is a file's content, an object a directory, `{ symlink }` a symbolic link. */
export type CaseLayout = { readonly [name: string]: string | CaseLayout | { readonly symlink: string } };

/** What a case works on. */
export interface CaseContext {
	/** A read-write preopen that holds `data`. */
	readonly D: Descriptor;
	/** A read-only preopen that holds `readOnly`. */
	readonly R: Descriptor;
	/** `dir` of `data`, opened with `mutate-directory`. */
	readonly C: Descriptor;
}

export type Case = readonly [
	id: string,
	description: string,
	operation: (context: CaseContext) => unknown,
	/** A WASI error code, `ok` for success, `ok:true` for returning true; the first is what we want, the others are right as well. */
	expected: readonly string[],
	source: string,
];

export const data: CaseLayout = {
	'a.txt': 'hello',
	'b.txt': 'bb',
	't.txt': 'ttt',
	't2.txt': 'bb',
	'u.txt': 'u',
	'caf\u00e9': 'c',
	emptydir: {},
	dir: { nested: { file: 'f' } },
	link: { symlink: 'a.txt' },
	dlink: { symlink: 'dir' },
	up: { symlink: '..' },
	abs: { symlink: '/etc/passwd' },
	loop: { symlink: 'loop' },
	dangling: { symlink: 'nope' },
};

export const readOnly: CaseLayout = { 'test.txt': 'read only test file\n', empty: {}, sub: {} };

const O = (
	descriptor: Descriptor,
	path: string,
	openFlags: OpenFlags = {},
	flags: DescriptorFlags = { read: true },
	pathFlags: PathFlags = {},
): Descriptor => descriptor.openAt(pathFlags, path, openFlags, flags);
const F = { symlinkFollow: true };
const RW = { read: true, write: true };

/** What a WASI 0.2 descriptor must answer, after the test suites of Wasmtime and of WASI. Each case starts from fresh trees. */
export const cases: readonly Case[] = [
	// --- resolution
	['R01', 'open existing file', (c) => O(c.D, 'a.txt'), ['ok'], 'wasmtime p1_path_exists'],
	['R02', 'open missing file', (c) => O(c.D, 'file'), ['no-entry'], 'wasmtime p1_path_open_missing'],
	['R03', 'empty path', (c) => O(c.D, ''), ['no-entry'], 'wasi-testsuite filesystem-open-errors'],
	[
		'R04',
		'"." opens the directory itself',
		(c) => O(c.D, '.').isSameObject(c.D),
		['ok:true'],
		'wasi-testsuite filesystem-is-same-object',
	],
	[
		'R05',
		'".." at preopen root',
		(c) => O(c.D, '..'),
		['not-permitted'],
		'wasi-testsuite filesystem-open-errors',
	],
	['R06', '"/" absolute', (c) => O(c.D, '/'), ['not-permitted'], 'wasi-testsuite filesystem-open-errors'],
	[
		'R07',
		'absolute path to an existing name',
		(c) => O(c.D, '/a.txt'),
		['not-permitted'],
		'wasmtime p1_interesting_paths',
	],
	[
		'R08',
		'interior ".." that stays inside',
		(c) => O(c.D, 'dir/.//nested/../../dir/nested/../nested///./file'),
		['ok'],
		'wasmtime p1_interesting_paths',
	],
	[
		'R09',
		'too many ".."',
		(c) => O(c.D, 'dir/nested/../../../data/dir/nested/file'),
		['not-permitted'],
		'wasmtime p1_interesting_paths',
	],
	[
		'R10',
		'".." through a missing component',
		(c) => O(c.D, 'nope/../a.txt'),
		['no-entry'],
		'POSIX / cap-std (no lexical normalisation)',
	],
	['R11', '".." through a file', (c) => O(c.D, 'a.txt/../b.txt'), ['not-directory'], 'POSIX / cap-std'],
	[
		'R12',
		'file with trailing slash',
		(c) => O(c.D, 'dir/nested/file/'),
		['not-directory', 'no-entry'],
		'wasmtime p1_interesting_paths',
	],
	[
		'R13',
		'file with many trailing slashes',
		(c) => O(c.D, 'dir/nested/file///'),
		['not-directory', 'no-entry'],
		'wasmtime p1_interesting_paths',
	],
	[
		'R14',
		'directory with trailing slash',
		(c) => O(c.D, 'dir/nested/'),
		['ok'],
		'wasmtime p1_interesting_paths',
	],
	[
		'R15',
		'directory with trailing slashes',
		(c) => O(c.D, 'dir/nested///'),
		['ok'],
		'wasmtime p1_interesting_paths',
	],
	['R16', 'embedded NUL', (c) => O(c.D, 'a.txt\0'), ['invalid', 'no-entry'], 'wasmtime p1_interesting_paths'],
	['R17', 'path component through a regular file', (c) => O(c.D, 'a.txt/x'), ['not-directory'], 'POSIX'],
	[
		'R18',
		'open relative to a file descriptor',
		(c) => O(O(c.D, 'a.txt'), 'x'),
		['not-directory', 'bad-descriptor'],
		'wasmtime p1_path_open_dirfd_not_dir; wasi-testsuite stat_at',
	],
	[
		'R19',
		'child descriptor cannot reach parent with ".."',
		(c) => O(c.C, '../a.txt'),
		['not-permitted'],
		'wasi-testsuite filesystem-dotdot',
	],
	[
		'R20',
		'__proto__ is an ordinary missing name',
		(c) => O(c.D, '__proto__'),
		['no-entry'],
		'new (preview2-shim prototype bug)',
	],
	[
		'R21',
		'constructor / toString / hasOwnProperty missing',
		(c) => O(c.D, 'constructor'),
		['no-entry'],
		'new',
	],
	[
		'R22',
		'create a file named __proto__, read it back through readdir',
		(c) => {
			O(c.D, '__proto__', { create: true, exclusive: true }, RW);
			const s = c.D.readDirectory();
			let e;
			const n: string[] = [];
			while ((e = s.readDirectoryEntry())) n.push(e.name);
			return n.includes('__proto__');
		},
		['ok:true'],
		'new',
	],
	[
		'R23',
		'backslash is an ordinary character',
		(c) => O(c.D, '..\\a.txt'),
		['no-entry'],
		'portable WASI (no DOS separators)',
	],
	['R24', 'percent-encoding is not decoded', (c) => O(c.D, '%2e%2e/a.txt'), ['no-entry'], 'new'],
	[
		'R25',
		'unicode NFC/NFD are different names',
		(c) => O(c.D, 'cafe\u0301'),
		['no-entry'],
		'WASI: byte-exact names (café NFC exists)',
	],
	[
		'R26',
		'component longer than 255 bytes',
		(c) => O(c.D, 'x'.repeat(256), { create: true }, RW),
		['name-too-long'],
		'POSIX NAME_MAX',
	],
	[
		'R27',
		'path longer than 4096 bytes',
		(c) => O(c.D, 'dir/../'.repeat(600) + 'a.txt'),
		['name-too-long'],
		'POSIX PATH_MAX',
	],
	// --- symlinks
	['S01', 'symlink, no follow', (c) => O(c.D, 'link'), ['loop', 'access'], 'wasmtime p1_nofollow_errors'],
	[
		'S02',
		'symlink, follow',
		(c) => O(c.D, 'link', {}, { read: true }, F),
		['ok'],
		'wasmtime p1_nofollow_errors',
	],
	[
		'S03',
		'directory symlink + DIRECTORY, no follow',
		(c) => O(c.D, 'dlink', { directory: true }),
		['loop', 'not-directory'],
		'wasmtime p1_nofollow_errors',
	],
	[
		'S04',
		'directory symlink + DIRECTORY, follow',
		(c) => O(c.D, 'dlink', { directory: true }, { read: true }, F),
		['ok'],
		'wasmtime p1_nofollow_errors',
	],
	[
		'S05',
		'symlink to file + DIRECTORY, follow',
		(c) => O(c.D, 'link', { directory: true }, { read: true }, F),
		['not-directory'],
		'wasmtime p1_nofollow_errors',
	],
	['S06', 'intermediate symlinks are always followed', (c) => O(c.D, 'dlink/nested/file'), ['ok'], 'POSIX'],
	[
		'S07',
		'symlink -> ".." escape (final, follow)',
		(c) => O(c.D, 'up', {}, { read: true }, F),
		['not-permitted'],
		'wasi-testsuite filesystem-open-errors',
	],
	[
		'S08',
		'symlink -> ".." escape (intermediate)',
		(c) => O(c.D, 'up/x'),
		['not-permitted'],
		'wasi-testsuite filesystem-hard-links',
	],
	[
		'S09',
		'absolute symlink target, follow',
		(c) => O(c.D, 'abs', {}, { read: true }, F),
		['not-permitted'],
		'cap-std; wasmtime p1_symlink_create',
	],
	['S10', 'self loop', (c) => O(c.D, 'loop', {}, { read: true }, F), ['loop'], 'wasmtime p1_symlink_loop'],
	[
		'S11',
		'dangling symlink, follow',
		(c) => O(c.D, 'dangling', {}, { read: true }, F),
		['no-entry'],
		'wasmtime p1_dangling_symlink',
	],
	[
		'S12',
		'symlink-at with absolute target',
		(c) => c.D.symlinkAt('/etc/passwd', 'n1'),
		['not-permitted'],
		'wasmtime p1_symlink_create (absolute target)',
	],
	['S13', 'readlink of absolute link', (c) => c.D.readlinkAt('abs'), ['not-permitted'], 'cap-std read_link'],
	['S14', 'readlink on a regular file', (c) => c.D.readlinkAt('a.txt'), ['invalid'], 'POSIX EINVAL'],
	[
		'S15',
		'symlink over existing name',
		(c) => c.D.symlinkAt('b.txt', 'a.txt'),
		['exist'],
		'wasmtime p1_path_symlink_trailing_slashes',
	],
	[
		'S16',
		'create through dangling symlink with EXCLUSIVE',
		(c) => O(c.D, 'dangling', { create: true, exclusive: true }, RW, F),
		['exist'],
		'POSIX O_EXCL',
	],
	[
		'S17',
		'symlink inside child pointing to ../a.txt opened via child',
		(c) => {
			c.D.symlinkAt('../a.txt', 'dir/esc');
			return O(c.C, 'esc', {}, { read: true }, F);
		},
		['not-permitted'],
		'capability containment per descriptor',
	],
	// --- open flags
	[
		'O01',
		'EXCLUSIVE|CREATE on existing',
		(c) => O(c.D, 'a.txt', { create: true, exclusive: true }, RW),
		['exist'],
		'wasmtime p1_path_open_create_existing',
	],
	[
		'O02',
		'CREATE on existing keeps content',
		(c) => O(c.D, 'a.txt', { create: true }, RW).stat().size === 5n,
		['ok:true'],
		'POSIX',
	],
	[
		'O03',
		'TRUNCATE empties',
		(c) => O(c.D, 't.txt', { truncate: true }, RW).stat().size === 0n,
		['ok:true'],
		'wasmtime p1_file_truncation',
	],
	[
		'O04',
		'CREATE|DIRECTORY',
		(c) => O(c.D, 'nd', { create: true, directory: true }, RW),
		['invalid'],
		'wasmtime open_at (Invalid)',
	],
	[
		'O05',
		'DIRECTORY|TRUNCATE',
		(c) => O(c.D, 'dir', { directory: true, truncate: true }, RW),
		['invalid'],
		'wasmtime open_at',
	],
	[
		'O06',
		'DIRECTORY on a file',
		(c) => O(c.D, 'a.txt', { directory: true }),
		['not-directory'],
		'wasmtime open_at',
	],
	[
		'O07',
		'WRITE on a directory',
		(c) => O(c.D, 'dir', {}, RW),
		['is-directory'],
		'POSIX EISDIR; wasi-testsuite flags-and-type',
	],
	[
		'O08',
		'write through a READ-only descriptor',
		(c) => O(c.D, 'a.txt').write(new Uint8Array(1), 0n),
		['bad-descriptor'],
		'wasmtime p1_path_open_read_write',
	],
	[
		'O09',
		'write-via-stream on a READ-only descriptor',
		(c) => O(c.D, 'a.txt').writeViaStream(0n),
		['bad-descriptor'],
		'wasmtime p2_file_stream_not_permitted',
	],
	[
		'O10',
		'append-via-stream on a READ-only descriptor',
		(c) => O(c.D, 'a.txt').appendViaStream(),
		['bad-descriptor'],
		'wasmtime p2_file_stream_not_permitted',
	],
	[
		'O11',
		'read through a WRITE-only descriptor',
		(c) => O(c.D, 'a.txt', {}, { write: true }).read(1n, 0n),
		['bad-descriptor'],
		'wasmtime p1_path_open_read_write',
	],
	[
		'O12',
		'set-size on a READ-only descriptor',
		(c) => O(c.D, 'a.txt').setSize(1n),
		['invalid', 'bad-descriptor', 'access', 'not-permitted'],
		'wasi-testsuite filesystem-set-size',
	],
	[
		'O13',
		'get-flags reflects the open mode',
		(c) => {
			const f = O(c.D, 'a.txt').getFlags();
			return !f.write;
		},
		['ok:true'],
		'wasi-testsuite filesystem-flags-and-type',
	],
	[
		'O14',
		'CREATE implies WRITE in get-flags',
		(c) => !!O(c.D, 'cr1', { create: true, exclusive: true }, {}).getFlags().write,
		['ok:true'],
		'wasi-testsuite filesystem-flags-and-type',
	],
	[
		'O15',
		'set-size(u64::MAX)',
		(c) => O(c.D, 'a.txt', {}, RW).setSize(2n ** 64n - 1n),
		['invalid', 'file-too-large'],
		'wasi-testsuite filesystem-set-size',
	],
	[
		'O16',
		'read on a directory descriptor',
		(c) => c.C.read(1n, 0n),
		['bad-descriptor', 'is-directory'],
		'wasmtime p1_dir_fd_op_failures',
	],
	[
		'O17',
		'read-directory on a file',
		(c) => O(c.D, 'a.txt').readDirectory(),
		['not-directory', 'bad-descriptor'],
		'wasmtime p1_fd_readdir',
	],
	[
		'O18',
		'offset past EOF reads empty + eof',
		(c) => {
			const [b, eof] = O(c.D, 'a.txt').read(10n, 100n);
			return b.length === 0 && eof;
		},
		['ok:true'],
		'wasi-testsuite filesystem-io',
	],
	// --- read-only preopen
	['P01', 'read file in read-only preopen', (c) => O(c.R, 'test.txt'), ['ok'], 'wasmtime p2_api_read_only'],
	[
		'P02',
		'open for write',
		(c) => O(c.R, 'test.txt', {}, RW),
		['not-permitted', 'read-only'],
		'wasmtime open_at + WIT read-only',
	],
	[
		'P03',
		'TRUNCATE with READ only',
		(c) => O(c.R, 'test.txt', { truncate: true }),
		['not-permitted', 'read-only'],
		'wasmtime p1_file_truncation_readonly',
	],
	[
		'P04',
		'CREATE of a new file',
		(c) => O(c.R, 'new', { create: true }),
		['not-permitted', 'read-only'],
		'wasmtime p2_api_read_only',
	],
	[
		'P05',
		'CREATE flag on an EXISTING file',
		(c) => O(c.R, 'test.txt', { create: true }),
		['not-permitted', 'read-only'],
		'wasmtime open_at (create => write)',
	],
	[
		'P06',
		'mkdir',
		(c) => c.R.createDirectoryAt('d'),
		['not-permitted', 'read-only'],
		'wasmtime p2_api_read_only',
	],
	[
		'P07',
		'unlink',
		(c) => c.R.unlinkFileAt('test.txt'),
		['not-permitted', 'read-only'],
		'wasmtime p2_api_read_only',
	],
	[
		'P08',
		'rmdir',
		(c) => c.R.removeDirectoryAt('empty'),
		['not-permitted', 'read-only'],
		'wasmtime p2_api_read_only',
	],
	[
		'P09',
		'rename inside',
		(c) => c.R.renameAt('test.txt', c.R, 'x'),
		['not-permitted', 'read-only'],
		'wasmtime p2_api_read_only',
	],
	[
		'P10',
		'rename read-only -> read-write',
		(c) => c.R.renameAt('test.txt', c.D, 'stolen'),
		['not-permitted', 'cross-device'],
		'wasmtime p2_file_rename_across_perms',
	],
	[
		'P11',
		'rename read-write -> read-only',
		(c) => c.D.renameAt('a.txt', c.R, 'x'),
		['not-permitted', 'cross-device'],
		'wasmtime rename_at',
	],
	[
		'P12',
		'hard link read-only -> read-write (write alias)',
		(c) => c.R.linkAt({}, 'test.txt', c.D, 'alias.txt'),
		['not-permitted', 'cross-device'],
		'wasmtime p2_file_hardlink_across_perms',
	],
	[
		'P13',
		'symlink-at',
		(c) => c.R.symlinkAt('test.txt', 'l'),
		['not-permitted', 'read-only'],
		'wasmtime symlink_at',
	],
	[
		'P14',
		'set-times-at',
		(c) => c.R.setTimesAt({}, 'test.txt', { tag: 'now' }, { tag: 'now' }),
		['not-permitted', 'read-only'],
		'wasmtime set_times_at',
	],
	[
		'P15',
		'descriptor of read-only SUBdir stays read-only',
		(c) =>
			O(O(c.R, 'sub', { directory: true }, { read: true, mutateDirectory: true }), 'n', { create: true }, RW),
		['not-permitted', 'read-only'],
		'perms inherited by child descriptors',
	],
	[
		'P16',
		'denial does not leak existence: write to missing file',
		(c) => O(c.R, 'missing', {}, RW),
		['not-permitted', 'read-only'],
		'wasmtime open_at checks perms before lookup',
	],
	// --- mutation
	[
		'M01',
		'mkdir ""',
		(c) => c.D.createDirectoryAt(''),
		['no-entry'],
		'wasi-testsuite filesystem-mkdir-rmdir',
	],
	['M02', 'mkdir "."', (c) => c.D.createDirectoryAt('.'), ['exist'], 'wasi-testsuite filesystem-mkdir-rmdir'],
	[
		'M03',
		'mkdir ".."',
		(c) => c.D.createDirectoryAt('..'),
		['not-permitted'],
		'wasi-testsuite filesystem-mkdir-rmdir',
	],
	[
		'M04',
		'mkdir existing file',
		(c) => c.D.createDirectoryAt('a.txt'),
		['exist'],
		'wasi-testsuite filesystem-mkdir-rmdir',
	],
	[
		'M05',
		'mkdir with trailing slash',
		(c) => c.D.createDirectoryAt('q/'),
		['ok'],
		'wasi-testsuite filesystem-mkdir-rmdir',
	],
	[
		'M06',
		'rmdir "."',
		(c) => c.D.removeDirectoryAt('.'),
		['invalid', 'access'],
		'wasi-testsuite filesystem-mkdir-rmdir',
	],
	[
		'M07',
		'rmdir a file',
		(c) => c.D.removeDirectoryAt('a.txt'),
		['not-directory'],
		'wasi-testsuite filesystem-mkdir-rmdir',
	],
	[
		'M08',
		'rmdir non-empty',
		(c) => c.D.removeDirectoryAt('dir'),
		['not-empty'],
		'wasmtime p1_remove_nonempty_directory',
	],
	[
		'M09',
		'rmdir "q/../../x"',
		(c) => c.D.removeDirectoryAt('dir/../../x'),
		['not-permitted'],
		'wasi-testsuite filesystem-mkdir-rmdir',
	],
	['M10', 'unlink ""', (c) => c.D.unlinkFileAt(''), ['no-entry'], 'wasi-testsuite filesystem-unlink-errors'],
	[
		'M11',
		'unlink a directory',
		(c) => c.D.unlinkFileAt('dir'),
		['is-directory', 'not-permitted', 'access'],
		'wasi-testsuite filesystem-unlink-errors',
	],
	[
		'M12',
		'unlink file with trailing slash',
		(c) => c.D.unlinkFileAt('b.txt/'),
		['not-directory', 'no-entry'],
		'wasmtime p1_unlink_file_trailing_slashes',
	],
	[
		'M13',
		'unlink absolute',
		(c) => c.D.unlinkFileAt('/a.txt'),
		['not-permitted'],
		'wasi-testsuite filesystem-unlink-errors',
	],
	[
		'M14',
		'unlink of an open file keeps the descriptor alive',
		(c) => {
			const d = O(c.D, 'u.txt');
			c.D.unlinkFileAt('u.txt');
			return d.stat().size === 1n;
		},
		['ok:true'],
		'wasi-testsuite filesystem-set-size',
	],
	[
		'M15',
		'rename onto itself',
		(c) => c.D.renameAt('b.txt', c.D, 'b.txt'),
		['ok'],
		'wasi-testsuite filesystem-rename',
	],
	[
		'M16',
		'rename "."',
		(c) => c.D.renameAt('.', c.D, 'q2'),
		['busy', 'invalid', 'access'],
		'wasi-testsuite filesystem-rename',
	],
	[
		'M17',
		'rename to "../q"',
		(c) => c.D.renameAt('b.txt', c.D, '../q'),
		['not-permitted'],
		'wasi-testsuite filesystem-rename',
	],
	[
		'M18',
		'rename to "/tmp/q"',
		(c) => c.D.renameAt('b.txt', c.D, '/tmp/q'),
		['not-permitted'],
		'wasi-testsuite filesystem-rename',
	],
	[
		'M19',
		'rename directory into its own child',
		(c) => c.D.renameAt('dir', c.D, 'dir/nested/d'),
		['invalid'],
		'POSIX EINVAL',
	],
	[
		'M20',
		'rename file over directory',
		(c) => c.D.renameAt('b.txt', c.D, 'dir'),
		['is-directory'],
		'wasmtime p1_path_rename',
	],
	[
		'M21',
		'rename directory over non-empty directory',
		(c) => c.D.renameAt('emptydir', c.D, 'dir'),
		['not-empty', 'exist'],
		'wasmtime p1_path_rename',
	],
	[
		'M22',
		'rename file with trailing slash',
		(c) => c.D.renameAt('b.txt/', c.D, 'z'),
		['not-directory', 'no-entry'],
		'wasmtime 49 measured; POSIX ENOTDIR',
	],
	[
		'M23',
		'link a directory',
		(c) => c.D.linkAt({}, 'dir', c.D, 'hl'),
		['not-permitted', 'access'],
		'wasi-testsuite filesystem-hard-links',
	],
	[
		'M24',
		'link over existing',
		(c) => c.D.linkAt({}, 'b.txt', c.D, 'a.txt'),
		['exist'],
		'wasi-testsuite filesystem-hard-links',
	],
	[
		'M25',
		'link with symlink-follow',
		(c) => c.D.linkAt(F, 'link', c.D, 'hl2'),
		['invalid'],
		'wasmtime link_at',
	],
	[
		'M26',
		'link "" ',
		(c) => c.D.linkAt({}, '', c.D, 'foo'),
		['no-entry'],
		'wasi-testsuite filesystem-hard-links',
	],
	[
		'M27',
		'hard links share content and metadata-hash',
		(c) => {
			c.D.linkAt({}, 'b.txt', c.D, 'hl3');
			const a = c.D.metadataHashAt({}, 'b.txt'),
				b = c.D.metadataHashAt({}, 'hl3');
			return a.upper === b.upper && a.lower === b.lower;
		},
		['ok:true'],
		'wasi-testsuite filesystem-metadata-hash',
	],
	[
		'M28',
		'metadata-hash differs for different files',
		(c) => {
			const a = c.D.metadataHashAt({}, 'a.txt'),
				b = c.D.metadataHashAt({}, 't2.txt');
			return a.upper !== b.upper || a.lower !== b.lower;
		},
		['ok:true'],
		'wasi-testsuite filesystem-metadata-hash',
	],
	[
		'M29',
		'metadata-hash-at "/"',
		(c) => c.D.metadataHashAt({}, '/'),
		['not-permitted'],
		'wasi-testsuite filesystem-metadata-hash',
	],
	['M30', 'stat-at ".."', (c) => c.D.statAt({}, '..'), ['not-permitted'], 'wasi-testsuite filesystem-stat'],
	[
		'M31',
		'symlink-at "a.txt/", which is a file',
		(c) => c.D.symlinkAt('b.txt', 'a.txt/'),
		['not-directory'],
		'wasmtime p1_path_symlink_trailing_slashes',
	],
	[
		'M32',
		'symlink-at "emptydir/", which is a directory',
		(c) => c.D.symlinkAt('b.txt', 'emptydir/'),
		['exist'],
		'wasmtime p1_path_symlink_trailing_slashes',
	],
	[
		'M33',
		'symlink-at of a new name with a slash',
		(c) => c.D.symlinkAt('b.txt', 'new/'),
		['no-entry'],
		'wasmtime p1_path_symlink_trailing_slashes',
	],
	[
		'M34',
		'link a directory over existing',
		(c) => c.D.linkAt({}, 'dir', c.D, 'a.txt'),
		['exist'],
		'wasmtime p1_path_link; POSIX EEXIST before EPERM',
	],
	[
		'M35',
		'link a directory to a new name with a slash',
		(c) => c.D.linkAt({}, 'dir', c.D, 'new/'),
		['no-entry'],
		'wasmtime p1_path_link',
	],
	['M36', 'link "." to a new name', (c) => c.D.linkAt({}, '.', c.D, 'hl4'), ['not-permitted'], 'POSIX EPERM'],
	[
		'M37',
		'link "." over existing',
		(c) => c.D.linkAt({}, '.', c.D, 'a.txt'),
		['exist'],
		'POSIX EEXIST before EPERM',
	],
];
