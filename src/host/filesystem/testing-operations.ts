import fc from 'fast-check';
import type { FileTree } from '../../core/files';
import { childOf } from '../../core/path';
import type { Descriptor } from './descriptor';
import { dispose } from '../io/dispose';
import { outcome } from './testing';

/** One step of a random guest, on paths relative to one descriptor. */
export type Operation =
	| { readonly kind: 'write'; readonly path: string; readonly offset: number; readonly content: string }
	| { readonly kind: 'append'; readonly path: string; readonly content: string }
	| { readonly kind: 'truncate'; readonly path: string }
	| { readonly kind: 'resize'; readonly path: string; readonly size: number }
	| { readonly kind: 'mkdir' | 'rmdir' | 'unlink'; readonly path: string }
	| { readonly kind: 'rename' | 'link' | 'symlink'; readonly path: string; readonly to: string }
	| { readonly kind: 'times'; readonly path: string; readonly seconds: number };

type Kind = Operation['kind'];

const name = fc.constantFrom('a', 'b', 'c');
export const somePath = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
const content = fc.string({ unit: fc.constantFrom('x', 'y', 'z'), maxLength: 6 });

const shapes: Record<Kind, fc.Arbitrary<Operation>> = {
	write: fc.record({ kind: fc.constant('write'), path: somePath, offset: fc.nat(12), content }),
	append: fc.record({ kind: fc.constant('append'), path: somePath, content }),
	truncate: fc.record({ kind: fc.constant('truncate'), path: somePath }),
	resize: fc.record({ kind: fc.constant('resize'), path: somePath, size: fc.nat(12) }),
	mkdir: fc.record({ kind: fc.constant('mkdir'), path: somePath }),
	rmdir: fc.record({ kind: fc.constant('rmdir'), path: somePath }),
	unlink: fc.record({ kind: fc.constant('unlink'), path: somePath }),
	rename: fc.record({ kind: fc.constant('rename'), path: somePath, to: somePath }),
	link: fc.record({ kind: fc.constant('link'), path: somePath, to: somePath }),
	symlink: fc.record({ kind: fc.constant('symlink'), path: somePath, to: somePath }),
	times: fc.record({ kind: fc.constant('times'), path: somePath, seconds: fc.nat(1000) }),
};

/** Random steps of these kinds. */
export const operations = (...kinds: Kind[]): fc.Arbitrary<Operation[]> =>
	fc.array(fc.oneof(...kinds.map((kind) => shapes[kind])), { maxLength: 40, size: 'max' });

/** Does one step; answers `ok` or the error code. */
export function perform(descriptor: Descriptor, operation: Operation): string {
	const open = (create: boolean, truncate = false) =>
		descriptor.openAt({}, operation.path, { create, truncate }, { write: true });
	const using = (opened: Descriptor, use: (opened: Descriptor) => void) => {
		try {
			use(opened);
		} finally {
			opened[dispose]();
		}
	};
	return outcome(() => {
		switch (operation.kind) {
			case 'write':
				return using(open(true), (file) => {
					file.write(new TextEncoder().encode(operation.content), BigInt(operation.offset));
				});
			case 'append':
				return using(open(true), (file) => {
					const stream = file.appendViaStream();
					stream.write(new TextEncoder().encode(operation.content));
					stream[dispose]();
				});
			case 'truncate':
				return using(open(false, true), () => {});
			case 'resize':
				return using(open(false), (file) => file.setSize(BigInt(operation.size)));
			case 'mkdir':
				return descriptor.createDirectoryAt(operation.path);
			case 'rmdir':
				return descriptor.removeDirectoryAt(operation.path);
			case 'unlink':
				return descriptor.unlinkFileAt(operation.path);
			case 'rename':
				return descriptor.renameAt(operation.path, descriptor, operation.to);
			case 'link':
				return descriptor.linkAt({}, operation.path, descriptor, operation.to);
			case 'symlink':
				return descriptor.symlinkAt(operation.to, operation.path);
			case 'times': {
				const time = {
					tag: 'timestamp',
					val: { seconds: BigInt(operation.seconds), nanoseconds: 0 },
				} as const;
				return descriptor.setTimesAt({}, operation.path, { tag: 'no-change' }, time);
			}
		}
	});
}

/** What a guest finds under a directory: `directory`, a link's target, or a file's text, with the time of all but directories if asked. */
export function contentsOf(descriptor: Descriptor, at: string, times = false): Map<string, string> {
	const found = new Map<string, string>();
	const visit = (directory: Descriptor, path: string) => {
		const stream = directory.readDirectory();
		for (let entry = stream.readDirectoryEntry(); entry; entry = stream.readDirectoryEntry()) {
			const below = childOf(path, entry.name);
			const { seconds, nanoseconds } = directory.statAt({}, entry.name).dataModificationTimestamp!;
			const time = times ? ` at ${Number(seconds) * 1000 + nanoseconds / 1e6}` : '';
			if (entry.type === 'symbolic-link') {
				found.set(below, `-> ${directory.readlinkAt(entry.name)}${time}`);
				continue;
			}
			const opened = directory.openAt({}, entry.name, {}, { read: true });
			if (entry.type === 'directory') {
				found.set(below, 'directory');
				visit(opened, below);
			} else {
				found.set(below, `"${new TextDecoder().decode(opened.read(1000n, 0n)[0])}"${time}`);
			}
			opened[dispose]();
		}
		stream[dispose]();
	};
	visit(descriptor, at);
	return sorted(found);
}

/** The same of a tree. */
export function contentsOfTree(tree: FileTree, at: string, times = false): Map<string, string> {
	const found = new Map<string, string>();
	for (const [path, node] of tree) {
		if (!path.startsWith(`${at}/`)) continue;
		const time = times ? ` at ${node.modified}` : '';
		if (node.kind === 'directory') found.set(path, 'directory');
		else if (node.kind === 'symlink') found.set(path, `-> ${node.target}${time}`);
		else found.set(path, `"${new TextDecoder().decode(node.content!)}"${time}`);
	}
	return sorted(found);
}

const sorted = (map: Map<string, string>) => new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
