import { err, ok, type Result } from '../core/result';
import type { Tool } from '../core/wit/types';
import type { DeckComponent, Revised, Signed } from './contents';

/** A tool, and the component that serves it. */
export interface FoundTool {
	readonly component: DeckComponent;
	readonly tool: Tool;
}

/** The components of a deck, in order, each with the revision of what decides about it. */
export class Shelf {
	components: readonly DeckComponent[] = [];
	#revision = 1;
	/** The revision of the last change that concerned all components. */
	#common = 0;

	/** A revision that no component has had. */
	nextRevision(): number {
		return ++this.#revision;
	}

	/** Puts a component in the place of the one with its id, or last. What was only there to have something to show makes room. */
	place(component: DeckComponent): void {
		const { id } = component;
		const others = this.components.filter((other) => !other.provisional || other.id === id);
		const at = others.findIndex((other) => other.id === id);
		this.components = at < 0 ? [...others, component] : others.with(at, component);
	}

	/** Replaces of a component what decides nothing: its revision stands. */
	replace(id: string, signed: Signed): void {
		this.components = this.components.map((component) =>
			component.id === id ? { ...component, ...signed } : component,
		);
	}

	/** False where there is none of that id. */
	remove(id: string): boolean {
		const kept = this.components.filter((component) => component.id !== id);
		const isThere = kept.length < this.components.length;
		if (isThere) this.components = kept;
		return isThere;
	}

	/** Gives every component that `changed` replaces a new revision: what its policy means may have changed. */
	revise(revised: Revised, changed: (component: DeckComponent) => DeckComponent): void {
		const revision = this.nextRevision();
		this.components = this.components.map((component) => {
			const next = changed(component);
			return next === component ? component : { ...next, revision, revised };
		});
	}

	/** The same for all components. */
	reviseAll(revised: Revised): void {
		this.revise(revised, (component) => ({ ...component }));
		this.#common = this.#revision;
	}

	/** Components as they were before: one that was changed, or was away while something changed for all, gets a new revision. */
	putBack(components: readonly DeckComponent[], revised: Revised): void {
		const revision = this.nextRevision();
		const here = new Map(this.components.map((component) => [component.id, component]));
		const isAsItWas = (component: DeckComponent) =>
			here.has(component.id) ? here.get(component.id) === component : component.revision >= this.#common;
		this.components = components.map((component) =>
			isAsItWas(component) ? component : { ...component, revision, revised },
		);
	}

	/** The component that serves a tool, or Wassette's error text for none or several. */
	find(name: string): Result<FoundTool, string> {
		const found = this.components.flatMap((component) =>
			component.tools.filter((tool) => tool.name === name).map((tool) => ({ component, tool })),
		);
		const [first, second] = found;
		if (!first) return err(`Failed to find component for tool '${name}': Tool not found`);
		if (!second) return ok(first);
		const ids = found.map(({ component }) => component.id).join(', ');
		return err(
			`Failed to find component for tool '${name}': Multiple components found for tool '${name}': ${ids}`,
		);
	}
}
