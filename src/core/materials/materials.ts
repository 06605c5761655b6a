/** A package that a module was built from. */
export interface Material {
	readonly name: string;
	readonly version: string | null;
	/** Where it came from, as the list says it, such as `crates.io`, `git` or `local`; null where it does not say. */
	readonly source: string | null;
	/** An SPDX expression or a licence's name; null where the list does not say, as lists of Rust's packages never do. */
	readonly license: string | null;
	/** It took part in the build and is not in the program. */
	readonly isBuildOnly: boolean;
	/** It is the program itself. */
	readonly isRoot: boolean;
	/** Its package URL; null where it cannot be told. */
	readonly purl: string | null;
	/** Places in the same list of what it depends on. */
	readonly dependencies: readonly number[];
}

/** A tool or language that took part in making a module. */
export interface MaterialProducer {
	/** `language`, `processed-by` or `sdk`. */
	readonly field: string;
	readonly name: string;
	readonly version: string;
}

/** What a module says of itself in the sections that registries read. Absent ones are left out. */
export interface MaterialFacts {
	readonly authors?: string;
	readonly description?: string;
	readonly licenses?: string;
	readonly source?: string;
	readonly homepage?: string;
	readonly revision?: string;
	readonly version?: string;
}

/** What one module, or a component around modules, says that it is made of. */
export interface ModuleMaterials {
	/** Where it stands, such as `component` or `core module 2`. */
	readonly place: string;
	/** The name in its name section; null where it has none. */
	readonly name: string | null;
	readonly materials: readonly Material[];
	readonly producers: readonly MaterialProducer[];
	readonly facts: MaterialFacts;
	/** What in it could not be read, and why: a sentence each. */
	readonly problems: readonly string[];
}

/** A list of materials, and who says so. */
export interface Inventory {
	readonly modules: readonly ModuleMaterials[];
	/** Modules beyond the bound, which were not looked into. */
	readonly unread: number;
}

/** The package URL of a crate from Rust's registry; of others nothing can be told that would be right everywhere. */
export function purlOf(name: string, version: string | null, source: string | null): string | null {
	if (source !== 'crates.io' || version === null) return null;
	return `pkg:cargo/${encodeURIComponent(name)}@${encodeURIComponent(version)}`;
}
