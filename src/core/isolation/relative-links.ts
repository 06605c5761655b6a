import type { FileNode } from '../files';

/**
 * A node with an absolute link turned into one that leads to the same place from where it stands. Links of a real process are followed
 * from the root that it sees; a guest's may not be absolute.
 */
export function withRelativeLink(path: string, node: FileNode): FileNode {
	if (node.kind !== 'symlink' || !node.target.startsWith('/')) return node;
	const depth = path.split('/').length - 2;
	return { ...node, target: `${'../'.repeat(depth)}${node.target.replace(/^\/+/, '')}` || '.' };
}
