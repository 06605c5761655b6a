import { err, ok, type Result } from '../result';
import { parseSyntax } from './parse-syntax';
import { TypeResolver, type Scope } from './resolve-types';
import { WitSyntaxError } from './scanner';
import type { InterfaceSyntax, PackageSyntax, Path, WorldItem, WorldSyntax } from './syntax';
import type { WitFunction } from './types';

/** One import or export of a world. */
export interface WitItem {
	/** `wasi:io/streams@0.2.0` for an interface; else the plain name. */
	readonly name: string;
	readonly kind: 'interface' | 'function' | 'resource';
	/** Those of the interface, or the function itself. */
	readonly functions: readonly WitFunction[];
	/** Names of the resources that the interface declares. */
	readonly resources: readonly string[];
	readonly docs?: string;
}

/** A world with the types of its functions resolved. */
export interface WitWorld {
	readonly name: string;
	readonly imports: readonly WitItem[];
	readonly exports: readonly WitItem[];
	readonly docs?: string;
}

/** Why WIT text could not be read. Lines and columns count from 1. */
export interface WitProblem {
	readonly message: string;
	readonly line: number;
	readonly column: number;
}

/** Text longer than this is refused. */
const maximumLength = 16 * 2 ** 20;

/**
 * Reads WIT text (a package with its dependencies nested in it) and returns one of its worlds: the named one, or else the first of the
 * first package that has any. Never throws, whatever the text is.
 */
export function parseWit(text: string, world?: string): Result<WitWorld, WitProblem> {
	if (text.length > maximumLength) return err({ message: 'the text is too long', line: 1, column: 1 });
	try {
		return ok(new Reader(parseSyntax(text)).world(world));
	} catch (error) {
		if (!(error instanceof WitSyntaxError)) throw error;
		const before = text.slice(0, error.at).split('\n');
		return err({ message: error.message, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
	}
}

/** Worlds include worlds; more than this many steps are a circle or an attack. */
const maximumIncludes = 256;

class Reader {
	readonly #types = new TypeResolver();
	readonly #scopes = new Map<InterfaceSyntax | WorldSyntax, Scope>();
	#includes = 0;

	constructor(readonly packages: readonly PackageSyntax[]) {}

	world(name: string | undefined): WitWorld {
		for (const each of this.packages) {
			for (const world of each.worlds.values()) {
				if (name === undefined || world.name === name) return this.#world(world, each);
			}
		}
		throw new WitSyntaxError(
			name === undefined ? 'the text holds no world' : `no world '${name}' is defined`,
			0,
		);
	}

	#world(world: WorldSyntax, home: PackageSyntax): WitWorld {
		const imports = new Map<string, WitItem>();
		const exports = new Map<string, WitItem>();
		this.#collect(world, home, new Map(), imports, exports);
		return {
			name: world.name,
			imports: [...imports.values()],
			exports: [...exports.values()],
			...(world.docs === undefined ? {} : { docs: world.docs }),
		};
	}

	#collect(
		world: WorldSyntax,
		home: PackageSyntax,
		renames: ReadonlyMap<string, string>,
		imports: Map<string, WitItem>,
		exports: Map<string, WitItem>,
	): void {
		const scope = this.#scope(world, home);
		for (const definition of world.types.values()) {
			if (definition.form !== 'resource') continue;
			const { name } = definition;
			const functions = world.functions
				.filter((each) => resourceOf(each.name) === name)
				.map((each) => this.#types.function(each, scope, null));
			imports.set(name, { name, kind: 'resource', functions, resources: [name] });
		}
		for (const item of world.items) {
			const read = this.#item(item, scope, home, renames);
			(item.direction === 'import' ? imports : exports).set(read.name, read);
		}
		for (const { path, renames: inner } of world.includes) {
			this.#includes += 1;
			if (this.#includes > maximumIncludes) throw new WitSyntaxError('worlds include each other', path.at);
			const found = this.#find(path, home, ({ worlds }) => worlds);
			if (!found) throw new WitSyntaxError(`no world '${path.name}' is known`, path.at);
			this.#collect(found.item, found.home, inner, imports, exports);
		}
	}

	#item(item: WorldItem, scope: Scope, home: PackageSyntax, renames: ReadonlyMap<string, string>): WitItem {
		const docs = item.docs === undefined ? {} : { docs: item.docs };
		switch (item.form) {
			case 'function': {
				const name = renames.get(item.name) ?? item.name;
				const read = this.#types.function({ ...item.function, name }, scope, null);
				return { name, kind: 'function', functions: [read], resources: [], ...docs };
			}
			case 'interface': {
				const name = renames.get(item.name) ?? item.name;
				// An inline interface may use types of the world around it by name.
				const inner = { ...this.#scope(item.interface, home) };
				return { name, ...docs, ...this.#interface(item.interface, inner, name) };
			}
			case 'path': {
				const found = this.#find(item.path, home, ({ interfaces }) => interfaces);
				if (!found) throw new WitSyntaxError(`no interface '${item.path.name}' is known`, item.path.at);
				const name = qualified(item.path, found.home);
				return { name, ...docs, ...this.#interface(found.item, this.#scope(found.item, found.home), name) };
			}
		}
	}

	#interface(syntax: InterfaceSyntax, scope: Scope, name: string) {
		return {
			kind: 'interface' as const,
			functions: syntax.functions.map((each) => this.#types.function(each, scope, name)),
			resources: [...syntax.types.values()]
				.filter(({ form }) => form === 'resource')
				.map((each) => each.name),
			...(syntax.docs === undefined ? {} : { docs: syntax.docs }),
		};
	}

	#scope(owner: InterfaceSyntax | WorldSyntax, home: PackageSyntax): Scope {
		const known = this.#scopes.get(owner);
		if (known) return known;
		const scope: Scope = {
			types: owner.types,
			find: (path) => {
				const found = this.#find(path, home, ({ interfaces }) => interfaces);
				return found && this.#scope(found.item, found.home);
			},
		};
		this.#scopes.set(owner, scope);
		return scope;
	}

	/** What a path names. A path without version means the only version there is. */
	#find<T>(
		path: Path,
		home: PackageSyntax,
		of: (home: PackageSyntax) => ReadonlyMap<string, T>,
	): { readonly item: T; readonly home: PackageSyntax } | null {
		if (path.package === null) {
			const alias = home.aliases.get(path.name);
			if (alias && alias.package !== null) return this.#find(alias, home, of);
		}
		for (const each of this.packages) {
			const here = path.package === null ? each === home : each.name === path.package;
			if (!here || (path.version !== null && each.version !== path.version)) continue;
			const item = of(each).get(path.name);
			if (item) return { item, home: each };
		}
		return null;
	}
}

const resourceOf = (name: string): string | undefined => /^\[\w+\]([^.]*)/.exec(name)?.[1];

function qualified(path: Path, home: PackageSyntax): string {
	if (home.name === null) return path.name;
	return `${home.name}/${path.name}${home.version === null ? '' : `@${home.version}`}`;
}
