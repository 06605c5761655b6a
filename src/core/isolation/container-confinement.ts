import type { FileNode, FileTree } from '../files';
import { ancestorsOf, isWithin, joinPath, parentOf } from '../path';
import type { PathRule, RuleRef } from '../policy/types';
import { err, ok, type Result } from '../result';
import type { World } from '../world';
import { resolveLinks } from '../world-view';
import type { ComposeMount, ComposeService } from './compose';
import type { Confinement } from './confinement';
import { readEnvFile } from './env-file';
import { withRelativeLink } from './relative-links';

/** A model of a container, and what the runtime would have said or done that a reader may not expect. */
export interface ContainerModel {
	readonly confinement: Confinement;
	readonly notes: readonly { readonly line: number; readonly message: string }[];
}

/** Where the compose file is taken to stand: its relative paths start here. */
export const projectDirectory = '/';

/** Entries of all mounts together. */
const mostEntries = 16_384;

type SeenWorld = Pick<World, 'files' | 'variables'>;

/** What the shell that starts compose knows of a variable: the world's variables, then the `.env` beside the compose file. */
export function shellOf({ files, variables }: SeenWorld): (name: string) => string | undefined {
	const beside = new Map(envEntriesOf(files, joinPath(projectDirectory, '.env')));
	return (name) => variables.get(name)?.value ?? beside.get(name) ?? undefined;
}

/**
 * A model of what a container of this service reaches in this world. Its image is taken to be empty but for `/tmp`; on that stand the
 * mounts, outer ones first, so that inner ones hide what is below them. The error says why the runtime would not start it.
 */
export function containerConfinement(
	service: ComposeService,
	world: SeenWorld,
): Result<ContainerModel, string> {
	const notes: { line: number; message: string }[] = [];
	const mounts = [...service.mounts].sort((a, b) => a.target.split('/').length - b.target.split('/').length);
	const files = new Map<string, FileNode>([
		['/', { kind: 'directory', modified: 0 }],
		['/tmp', { kind: 'directory', modified: 0 }],
	]);
	const sources = new Map<ComposeMount, string>();
	for (const mount of mounts) {
		const content = contentOf(mount, world);
		if (!content.ok) return content;
		const { source, nodes, note } = content.value;
		if (note !== undefined) notes.push({ line: mount.rule.line, message: note });
		if (source !== null) sources.set(mount, source);
		if (files.size + nodes.size > mostEntries)
			return err(
				`The mounts hold more than ${mostEntries} files together, which is more than a sandbox takes.`,
			);
		place(files, mount.target, nodes);
	}
	const environment = environmentOf(service, world);
	if (!environment.ok) return environment;
	const { network, memory } = service;
	return ok({
		notes,
		confinement: {
			id: 'container',
			grants: {
				engine: 'documented',
				rules: 'documented',
				preopens: [{ guestPath: '/', path: '/', read: true, write: true, rule: rootRule(service) }],
				paths: pathRules(service, mounts, files),
				hosts: network.open
					? [{ effect: 'allow', scheme: null, host: '*', port: null, rule: network.rule }]
					: [],
				variables: [...environment.value].map(([key, { rule }]) => ({ key, rule, reason: 'granted' })),
				memory,
				nameLookup: network.open,
			},
			files,
			variables: new Map([...environment.value].map(([key, { value }]) => [key, value])),
			originOf: (path) => {
				const mount = mounts.findLast(({ target }) => isWithin(path, target));
				const source = mount && sources.get(mount);
				return mount && source !== undefined ? joinPath(source, path.slice(mount.target.length)) : null;
			},
		},
	});
}

const rootRule = ({ readOnly }: ComposeService): RuleRef =>
	readOnly ?? { text: "the container's own file system", line: 0 };

interface MountContent {
	/** The path in the world; null where the mount is of nothing in it. */
	readonly source: string | null;
	/** By path below the mount; the empty path is the mount itself. */
	readonly nodes: ReadonlyMap<string, FileNode>;
	readonly note?: string;
}

const emptyDirectory: ReadonlyMap<string, FileNode> = new Map([['', { kind: 'directory', modified: 0 }]]);

function contentOf(mount: ComposeMount, world: SeenWorld): Result<MountContent, string> {
	const named = `line ${mount.rule.line} (${mount.rule.text})`;
	switch (mount.kind) {
		case 'empty':
			return ok({ source: null, nodes: emptyDirectory });
		case 'text':
			return ok({ source: null, nodes: fileOf(mount.text) });
		case 'variable': {
			const value = shellOf(world)(mount.key);
			if (value === undefined)
				return err(`The container does not start: ${named} needs the variable ${mount.key}.`);
			return ok({ source: null, nodes: fileOf(value) });
		}
		case 'bind': {
			const written = expandHome(mount.source, world);
			if (written === null)
				return err(
					`The container does not start: ${named} starts with ~, and the world has no variable HOME.`,
				);
			const source = resolveLinks(world.files, joinPath('/', written));
			if (world.files.has(source)) return ok({ source, nodes: below(world.files, source) });
			if (!mount.makesSource)
				return err(`The container does not start: ${named} names a path that is not there.`);
			const note = `${source} is not in the world; the runtime would make an empty directory there.`;
			return ok({ source, nodes: emptyDirectory, note });
		}
	}
}

function expandHome(source: string, { variables }: SeenWorld): string | null {
	if (!source.startsWith('~')) return source.startsWith('/') ? source : joinPath(projectDirectory, source);
	const home = variables.get('HOME')?.value;
	return home === undefined ? null : `${home}${source.slice(1)}`;
}

function fileOf(text: string): ReadonlyMap<string, FileNode> {
	const content = new TextEncoder().encode(text);
	return new Map([['', { kind: 'file', content, size: content.length, modified: 0 }]]);
}

function below(files: FileTree, source: string): ReadonlyMap<string, FileNode> {
	const prefix = source === '/' ? '' : source;
	const found = new Map<string, FileNode>();
	for (const [path, node] of files)
		if (isWithin(path, source)) found.set(path === source ? '' : path.slice(prefix.length), node);
	return found;
}

/** Puts a mount over what is at its target. */
function place(files: Map<string, FileNode>, target: string, nodes: ReadonlyMap<string, FileNode>): void {
	for (const path of [...files.keys()]) if (isWithin(path, target)) files.delete(path);
	for (const parent of ancestorsOf(target))
		if (files.get(parent)?.kind !== 'directory') files.set(parent, { kind: 'directory', modified: 0 });
	for (const [path, node] of nodes) {
		const at = path === '' ? target : `${target}${path}`;
		files.set(at, withRelativeLink(at, node));
	}
}

/**
 * Reading is allowed everywhere in a container; writing where the nearest mount allows it. A deny rule beats every allow rule, so around a
 * writable mount inside a read-only one the denials go directory by directory and leave out the way to it.
 */
function pathRules(
	service: ComposeService,
	mounts: readonly ComposeMount[],
	files: FileTree,
): readonly PathRule[] {
	const root = { target: '/', write: service.readOnly === null, rule: rootRule(service) };
	const regions = [root, ...mounts];
	const children = new Map<string, string[]>();
	for (const path of files.keys())
		if (path !== '/') children.set(parentOf(path), [...(children.get(parentOf(path)) ?? []), path]);

	const segmentsOf = (path: string) => path.split('/').filter(Boolean);
	const rules: PathRule[] = [];
	const add = (
		effect: PathRule['effect'],
		segments: readonly string[],
		deep: boolean,
		rule: RuleRef,
		access: PathRule['access'],
	) => rules.push({ effect, segments, deep, access, rule });

	const denyWrites = (path: string, rule: RuleRef): void => {
		const inner = regions.filter(({ target }) => target !== path && isWithin(target, path));
		if (!inner.some(({ write }) => write)) return void add('deny', segmentsOf(path), true, rule, ['write']);
		add('deny', segmentsOf(path), false, rule, ['write']);
		add('deny', [...segmentsOf(path), '*'], false, rule, ['write']);
		for (const child of children.get(path) ?? [])
			if (!regions.some(({ target }) => target === child)) denyWrites(child, rule);
	};

	// Of the rules that allow a path the first one is named, so the inner ones come first.
	for (const { target, write, rule } of regions.toReversed()) {
		add('allow', segmentsOf(target), true, rule, write ? ['read', 'write'] : ['read']);
		const isUnderWritable = regions.some(
			(other) => other.write && other.target !== target && isWithin(target, other.target),
		);
		if (!write && isUnderWritable) denyWrites(target, rule);
	}
	return rules;
}

type Environment = ReadonlyMap<string, { readonly value: string; readonly rule: RuleRef }>;

/** Env files first, in order; `environment` beats them. What the shell does not have stays unset. */
function environmentOf(service: ComposeService, world: SeenWorld): Result<Environment, string> {
	const shell = shellOf(world);
	const environment = new Map<string, { value: string; rule: RuleRef }>();
	const put = (key: string, written: string | null, rule: RuleRef) => {
		const value = written ?? shell(key);
		if (value !== undefined && key !== '') environment.set(key, { value, rule });
	};
	for (const { path, required, rule } of service.envFiles) {
		const at = resolveLinks(world.files, joinPath('/', expandHome(path, world) ?? path));
		if (world.files.get(at)?.kind !== 'file') {
			if (required)
				return err(
					`The container does not start: line ${rule.line} (${rule.text}) names ${at}, which is not there.`,
				);
			continue;
		}
		for (const [key, value] of envEntriesOf(world.files, at)) put(key, value, rule);
	}
	for (const { key, value, rule } of service.environment) put(key, value, rule);
	return ok(environment);
}

const longestEnvFile = 64 * 1024;

function envEntriesOf(files: FileTree, path: string) {
	const node = files.get(path);
	if (node?.kind !== 'file' || node.content === null || node.size > longestEnvFile) return [];
	return readEnvFile(new TextDecoder().decode(node.content));
}
