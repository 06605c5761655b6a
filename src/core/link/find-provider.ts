import { itemAt } from '../item-at';
import type { WitItem } from '../wit/parse-wit';
import type { WitFunction, WitType } from '../wit/types';

/** A name of an interface in its parts. */
const partsOf = (name: string): readonly [base: string, version: string | null] => {
	const at = name.indexOf('@');
	return at === -1 ? [name, null] : [name.slice(0, at), name.slice(at + 1)];
};

/** Whether what is exported under one name may stand for what is imported under another: the same, or another version that keeps its promises. */
export function namesFit(imported: string, exported: string): boolean {
	if (imported === exported) return true;
	const [base, version] = partsOf(imported);
	const [otherBase, otherVersion] = partsOf(exported);
	if (base !== otherBase || version === null || otherVersion === null) return false;
	const [major, minor, patch] = version.split('.');
	const [otherMajor, otherMinor, otherPatch] = otherVersion.split('.');
	if (/[-+]/.test(version + otherVersion) || major !== otherMajor) return false;
	// Before 1.0 the second number is what breaks.
	if (major === '0') return minor === otherMinor && (minor !== '0' || patch === otherPatch);
	return true;
}

/** What of a component's exports provides an import, by its name alone; null for nothing. */
export const exportFor = (imported: string, exports: readonly WitItem[]): WitItem | null =>
	exports.find(({ name }) => name === imported) ??
	exports.find(({ name }) => namesFit(imported, name)) ??
	null;

/**
 * Why an export cannot stand for an import although its name fits, as the end of a sentence; null where it can. `hosts` are resources that each
 * sandbox has of its own, by name, with the interface that declares them: such as a stream, which is nothing in another sandbox.
 */
export function misfit(
	imported: WitItem,
	exported: WitItem,
	hosts: ReadonlyMap<string, string> = new Map(),
): string | null {
	if (imported.kind === 'resource') return 'a resource that the world itself declares cannot be provided';
	for (const fn of imported.functions) {
		const there = exported.functions.find(({ name }) => name === fn.name);
		if (!there) return `it has no function ${fn.name}`;
		if (!sameSignature(fn, there)) return `its function ${fn.name} has other types`;
		const later = [...fn.params.map(({ type }) => type), fn.result].find((type) => type && cannotCross(type));
		if (later || fn.async) return `its function ${fn.name} passes streams or futures, which do not cross`;
		const bound = resourcesIn(fn).find((name) => hosts.has(name) && !imported.resources.includes(name));
		if (bound !== undefined)
			return `its function ${fn.name} passes a resource ${bound} of ${hosts.get(bound)}, which each component has of its own, so that it does not cross`;
	}
	const missing = imported.resources.find((name) => !exported.resources.includes(name));
	return missing === undefined ? null : `it has no resource ${missing}`;
}

const sameSignature = (one: WitFunction, other: WitFunction): boolean =>
	one.params.length === other.params.length &&
	one.params.every(({ name, type }, index) => {
		const there = itemAt(other.params, index);
		return name === there.name && sameType(type, there.type);
	}) &&
	sameOptional(one.result, other.result);

const sameOptional = (one: WitType | null, other: WitType | null): boolean =>
	one && other ? sameType(one, other) : one === other;

/** Whether two types are the same whatever is said about them. */
function sameType(one: WitType, other: WitType): boolean {
	const plain = (type: WitType) =>
		JSON.stringify(type, (key, value: unknown) => (key === 'docs' ? undefined : value));
	return plain(one) === plain(other);
}

const cannotCross = (type: WitType): boolean =>
	/"kind":"(?:future|stream|error-context)"/.test(JSON.stringify(type));

/** Names of the resources that a function takes or gives. */
const resourcesIn = ({ params, result }: WitFunction): readonly string[] =>
	Array.from(
		JSON.stringify([params, result]).matchAll(/"kind":"(?:own|borrow)","resource":"([^"]+)"/g),
		([, name]) => name ?? '',
	);
