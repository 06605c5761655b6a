import { ancestorsOf, joinPath } from '../path';
import { parseUrl } from '../url';
import { assumedWorld } from './assumed-world';
import { compile } from './compile';
import { decide } from './decide';
import { emptyPolicy } from './edit-policy';
import { suggestions } from './suggestions';
import type { AccessRequest, EngineId, WorldView } from './types';

/** What was asked for, as an entry of the activity tells it. */
export interface ObservedAccess {
	readonly capability: string;
	/** A URL, a path or the name of a variable. */
	readonly target: string;
	/** Default read. */
	readonly access?: 'read' | 'write';
	/** Default GET. */
	readonly method?: string;
}

/**
 * The smallest policy found that would have allowed these: each is granted as narrowly as the engine can tell apart, and only where what is
 * there does not cover it yet. Entries that no policy governs are passed over. Without a world, what holds a file is its directory.
 */
export function leastPolicy(
	entries: readonly ObservedAccess[],
	engine: EngineId,
	componentId: string,
	world: WorldView = worldOfFiles(entries),
): string {
	const requests = entries.map(requestOf).filter((request) => request !== null);
	// Wide grants first: a narrower one that they cover is then not added.
	const ordered = [...new Map(requests.map((request) => [JSON.stringify(request), request])).values()].sort(
		(a, b) => breadth(a) - breadth(b),
	);
	let policy = emptyPolicy(componentId);
	let grants = compile(policy, engine, world);
	for (const request of ordered) {
		if (grants.ok && decide(grants.value, request).outcome === 'allow') continue;
		const [narrowest] = suggestions(request, { policy, engine, world, componentId });
		if (!narrowest) continue;
		policy = narrowest.newText;
		grants = compile(policy, engine, world);
	}
	return policy;
}

function requestOf({ capability, target, access, method }: ObservedAccess): AccessRequest | null {
	switch (capability) {
		case 'network':
			return parseUrl(target).ok ? { kind: 'network', method: method ?? 'GET', url: target } : null;
		case 'storage':
			return { kind: 'storage', access: access ?? 'read', path: joinPath('/', target) };
		case 'environment':
			return { kind: 'environment', key: target };
		default:
			return null;
	}
}

function breadth(request: AccessRequest): number {
	if (request.kind !== 'storage') return 0;
	return request.path.split('/').length * 2 + (request.access === 'write' ? 0 : 1);
}

/** A world in which the targets are files, unless another target lies below them, and everything above a target is a directory. */
function worldOfFiles(entries: readonly ObservedAccess[]): WorldView {
	const paths = new Set(
		entries.filter(({ capability }) => capability === 'storage').map(({ target }) => joinPath('/', target)),
	);
	const directories = new Set([...paths].flatMap(ancestorsOf));
	return {
		...assumedWorld(),
		stat: (path) => (directories.has(path) ? 'directory' : paths.has(path) ? 'file' : 'missing'),
	};
}
