import { importKey } from '../component/external-names';
import type { StandIn } from '../core/call';
import { cycleText, exportFor, findCycle, misfit } from '../core/link';
import { err, ok, type Result } from '../core/result';
import { parseWit, type WitItem, type WitWorld } from '../core/wit/parse-wit';
import type { DeckComponent } from './contents';

/** An import of a component, and what of another one provides it. */
export interface ResolvedLink {
	/** The full name of the import. */
	readonly imported: string;
	/** The import, as the program looks it up. */
	readonly wanted: StandIn;
	readonly provider: DeckComponent;
	readonly exported: WitItem;
}

const worlds = new WeakMap<object, WitWorld | null>();

/** What a component imports and exports, with types; null where its text is not read. */
function worldIn(component: Pick<DeckComponent, 'wit' | 'tools'>): WitWorld | null {
	// The list of tools is the same object in every copy of a component.
	let world = worlds.get(component.tools);
	if (world === undefined) {
		const parsed = parseWit(component.wit);
		worlds.set(component.tools, (world = parsed.ok ? parsed.value : null));
	}
	return world;
}

/** What a component can provide to others. */
export const exportsOf = (component: DeckComponent): readonly WitItem[] => worldIn(component)?.exports ?? [];

/** What of a component provides an import by its name; null for nothing. */
const exportOf = (component: DeckComponent, imported: string): WitItem | null =>
	exportFor(imported, exportsOf(component));

const importOf = (component: DeckComponent, name: string): WitItem | null =>
	worldIn(component)?.imports.find((item) => item.name === name) ?? null;

/** Resources of what the page itself provides for a component, by name, with the interface that declares them. */
function hostResources(component: DeckComponent): ReadonlyMap<string, string> {
	const imports = worldIn(component)?.imports ?? [];
	const isLinkable = ({ name }: WitItem) => component.missing.includes(name);
	const linkable = new Set(imports.filter(isLinkable).flatMap(({ resources }) => resources));
	return new Map(
		imports
			.filter((item) => !isLinkable(item))
			.flatMap(({ name, resources }) => resources.map((resource) => [resource, name] as const))
			.filter(([resource]) => !linkable.has(resource)),
	);
}

/** Components that export what another one imports and nothing here provides, in the order of the deck. */
export const providersOf = (
	component: DeckComponent,
	imported: string,
	components: readonly DeckComponent[],
): readonly DeckComponent[] =>
	components.filter((other) => other.id !== component.id && exportOf(other, imported) !== null);

/** The ids of those that provide for a component, each once. */
export const providerIds = (id: string, components: readonly DeckComponent[]): readonly string[] => [
	...new Set(Object.values(components.find((component) => component.id === id)?.links ?? {})),
];

/** Why one component cannot provide an import of another, as a sentence; null where it can. */
export function linkProblem(
	component: DeckComponent,
	imported: string,
	providerId: string,
	components: readonly DeckComponent[],
): string | null {
	const what = `${providerId} cannot provide ${imported} for ${component.id}`;
	const wanted = importOf(component, imported);
	if (!wanted || !component.missing.includes(imported))
		return `${component.id} does not import ${imported}, or it is provided here anyway.`;
	const provider = components.find(({ id }) => id === providerId);
	if (!provider) return `${what}: no component ${providerId} is loaded.`;
	const exported = exportOf(provider, imported);
	if (!exported) return `${what}: it does not export it.`;
	const reason = misfit(wanted, exported, hostResources(component));
	if (reason !== null) return `${what}: ${reason}.`;
	const cycle = findCycle(component.id, (id) =>
		id === component.id
			? [...new Set([...providerIds(id, components), providerId])]
			: providerIds(id, components),
	);
	return cycle && `${what}: ${cycleText(cycle)}`;
}

/** The imports of a component that others provide. The error says, as a sentence, which one is not provided any more. */
export function resolvedLinks(
	component: DeckComponent,
	components: readonly DeckComponent[],
): Result<readonly ResolvedLink[], string> {
	const links: ResolvedLink[] = [];
	for (const [imported, providerId] of Object.entries(component.links ?? {})) {
		const problem = linkProblem(component, imported, providerId, components);
		if (problem !== null) return err(problem);
		const wanted = importOf(component, imported);
		const provider = components.find(({ id }) => id === providerId);
		const exported = provider && exportOf(provider, imported);
		if (!wanted || !exported) throw new Error(`a link without problems leads nowhere: ${imported}`);
		const { kind, functions, resources } = wanted;
		links.push({
			imported,
			wanted: { key: importKey(imported), kind, functions, resources },
			provider,
			exported,
		});
	}
	return ok(links);
}

/** The links of a component that hold; undefined for none. One whose provider is gone, or is another build now, cannot be opened again. */
export function linksThatHold(
	component: DeckComponent,
	components: readonly DeckComponent[],
): Readonly<Record<string, string>> | undefined {
	const holding = Object.entries(component.links ?? {}).filter(
		([imported, provider]) => linkProblem(component, imported, provider, components) === null,
	);
	return holding.length > 0 ? Object.fromEntries(holding) : undefined;
}

/** Why a component cannot be run apart from its session, as sentences; null where it can, since no other one provides for it. */
export function notAloneText({ id, links = {} }: Pick<DeckComponent, 'id' | 'links'>): string | null {
	const taken = Object.entries(links).map(([imported, provider]) => `${imported} from ${provider}`);
	if (taken.length === 0) return null;
	return `${id} takes ${taken.join(', ')}. A comparison runs one component by itself, without those it is linked to. Run the call in the console: the activity tells what each of them asked for, and which line of its own policy decided.`;
}

/** The imports of a component that neither the page nor another component provides. */
export const stillMissing = ({
	missing,
	links = {},
}: Pick<DeckComponent, 'missing' | 'links'>): readonly string[] =>
	missing.filter((name) => !Object.hasOwn(links, name));

/** A component in the place of another build of it keeps what provides its imports. */
export function withLinksOf(before: DeckComponent | undefined, component: DeckComponent): DeckComponent {
	const kept = Object.entries(before?.links ?? {}).filter(([name]) => component.missing.includes(name));
	return kept.length > 0 ? { ...component, links: Object.fromEntries(kept) } : component;
}

/** The links of a component with one set, or taken away by null; undefined for none. The error says, as a sentence, why it cannot be. */
export function withLink(
	components: readonly DeckComponent[],
	id: string,
	imported: string,
	provider: string | null,
): Result<DeckComponent['links'], string> {
	const component = components.find((other) => other.id === id);
	if (!component) return err(`No component ${id} is loaded.`);
	const problem = provider === null ? null : linkProblem(component, imported, provider, components);
	if (problem !== null) return err(problem);
	const others = Object.entries(component.links ?? {}).filter(([name]) => name !== imported);
	const next = provider === null ? others : [...others, [imported, provider] as const];
	return ok(next.length > 0 ? Object.fromEntries(next) : undefined);
}
