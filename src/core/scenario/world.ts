import { placeOf } from '../component-directory';
import type { FileNode, FileTree } from '../files';
import type { World } from '../world';
import { emptyWorld } from '../world';
import { fromBase64 } from '../base64';
import { describeContent, type FileContents } from './contents';
import type { Scenario } from './schema';

type ScenarioWorld = NonNullable<Scenario['world']>;
type ScenarioFile = NonNullable<ScenarioWorld['files']>[string];

/** Nothing is kept beside a scenario. */
const nothing: FileContents = new Map();

/**
 * The world that a scenario describes. Its files are all `modified` at the given time, in milliseconds since the epoch. `beside` has the
 * contents that are kept beside the scenario.
 */
export function worldOf(described: ScenarioWorld = {}, modified = 0, beside = nothing): World {
	const files = new Map<string, FileNode>([['/', { kind: 'directory', modified }]]);
	for (const [written, content] of Object.entries(described.files ?? {})) {
		// A directory may be written with a slash at its end.
		const place = placeOf(written);
		const path = place.length > 1 && place.endsWith('/') ? place.slice(0, -1) : place;
		if (path === '/') continue;
		for (let at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) {
			const parent = path.slice(0, at);
			if (files.get(parent)?.kind !== 'directory') files.set(parent, { kind: 'directory', modified });
		}
		// An entry that another one lies below has to be a directory.
		if (files.get(path)?.kind === 'directory') continue;
		const kept = content === '' ? beside.get(path) : undefined;
		files.set(path, kept ? fileNode(kept, modified) : nodeOf(content, modified));
	}
	const variables = Object.entries(described.variables ?? {}).map(
		([key, value]) =>
			[key, typeof value === 'string' ? { value, secret: false } : { value: '', secret: true }] as const,
	);
	return {
		files,
		variables: new Map(variables),
		routes: described.routes ?? emptyWorld.routes,
		network: described.network ?? emptyWorld.network,
		clock: described.clock ?? emptyWorld.clock,
		random: described.random ?? emptyWorld.random,
		arguments: described.arguments ?? emptyWorld.arguments,
		decoyRoot: described.decoyRoot ?? emptyWorld.decoyRoot,
	};
}

function nodeOf(content: ScenarioFile, modified: number): FileNode {
	if (typeof content === 'string') return fileNode(new TextEncoder().encode(content), modified);
	if ('base64' in content) return fileNode(fromBase64(content.base64), modified);
	if ('symlink' in content) return { kind: 'symlink', target: content.symlink, modified };
	return { kind: 'directory', modified };
}

const fileNode = (content: Uint8Array, modified: number): FileNode => ({
	kind: 'file',
	content,
	size: content.length,
	modified,
});

/**
 * A world as a scenario describes it. The values of secret variables are left out; there is no way to put them in. Files whose contents are
 * kept `beside` the scenario are empty in it.
 */
export function describeWorld(world: World, beside = nothing): ScenarioWorld {
	return {
		files: describeFiles(world.files, beside),
		variables: Object.fromEntries(
			[...world.variables].map(([key, { value, secret }]) => [
				key,
				secret ? { secret: true as const } : value,
			]),
		),
		routes: world.routes.map((route) => ({
			...route,
			headers: route.headers?.map(([name, value]) => [name, value]),
		})),
		network: world.network,
		clock: world.clock,
		random: world.random,
		arguments: [...world.arguments],
		decoyRoot: world.decoyRoot,
	};
}

function describeFiles(files: FileTree, beside: FileContents): Record<string, ScenarioFile> {
	const described: Record<string, ScenarioFile> = {};
	const parents = new Set([...files.keys()].map((path) => path.slice(0, path.lastIndexOf('/'))));
	const isImplied = (path: string) => path === '/' || parents.has(path);
	for (const [path, node] of files) {
		if (node.kind === 'symlink') described[path] = { symlink: node.target };
		else if (node.kind === 'file')
			described[path] = node.content && !beside.has(path) ? describeContent(node.content) : '';
		else if (!isImplied(path)) described[path] = { directory: true };
	}
	return described;
}
