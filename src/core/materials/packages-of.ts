import type { Material, ModuleMaterials } from './materials';

/** A package as an export names it: the same one of several modules is one. */
export interface ListedPackage extends Omit<Material, 'dependencies' | 'isRoot'> {
	/** Unique in the export, made of letters, digits and hyphens. */
	readonly ref: string;
	/** The `ref` of each package that it depends on. */
	readonly dependsOn: readonly string[];
}

/** What an export is about. */
export interface MaterialsSubject {
	readonly id: string;
	/** Of the component, SHA-256 in hex. */
	readonly sha256: string;
	readonly modules: readonly ModuleMaterials[];
}

interface Known {
	item: Material;
	readonly ref: string;
	readonly dependsOn: Set<string>;
}

/** All packages of a component's modules, each once, in the order in which they are met. Parts of the build alone stay apart from parts of the program. */
export function packagesOf(modules: readonly ModuleMaterials[]): readonly ListedPackage[] {
	const known = new Map<string, Known>();
	for (const { materials } of modules) {
		const refs = materials.map((item) => {
			const { purl, name, version, source, isBuildOnly } = item;
			// The same package of two lists, of which one may know its licence.
			const key = JSON.stringify(purl === null ? [name, version, source, isBuildOnly] : [purl, isBuildOnly]);
			const there = known.get(key) ?? { item, ref: `package-${known.size + 1}`, dependsOn: new Set() };
			if (there.item.license === null && item.license !== null)
				there.item = { ...there.item, license: item.license };
			known.set(key, there);
			return there;
		});
		for (const [index, { dependencies }] of materials.entries())
			for (const at of dependencies) {
				const ref = refs[at]?.ref;
				if (ref) refs[index]?.dependsOn.add(ref);
			}
	}
	return [...known.values()].map(({ item, ref, dependsOn }) => ({
		...{ name: item.name, version: item.version, source: item.source, license: item.license },
		...{ isBuildOnly: item.isBuildOnly, purl: item.purl, ref },
		dependsOn: [...dependsOn],
	}));
}
