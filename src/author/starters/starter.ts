import type { Scenario } from '../../core/scenario';

/** A tool to begin with: its source, and what it is to be played with. */
export interface Starter {
	readonly id: string;
	readonly title: string;
	/** What it shows, in a few words. */
	readonly hint: string;
	readonly wit: string;
	readonly js?: string;
	/** In the place of `js`. */
	readonly wat?: string;
	/** Verbatim YAML. */
	readonly policy: string;
	readonly world?: Scenario['world'];
	/** A call worth making first. */
	readonly call: { readonly tool: string; readonly arguments: { readonly [name: string]: unknown } };
}

/** Joins the lines of a text and ends the last one. */
export const lines = (...each: readonly string[]): string => `${each.join('\n')}\n`;
