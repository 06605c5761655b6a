import { itemAt } from '../core/item-at';
import { traitsOf } from '../core/policy';
import type { EngineId } from '../core/policy/types';

/** How a server introduces itself, and what it answers beside tools. */
export interface ServerManners {
	/** Who it says it is; null for this project, under its own name and version. */
	readonly info: { readonly name: string; readonly version: string } | null;
	readonly capabilities: { readonly [name: string]: object };
	/** The version of the protocol that it answers a client's with. */
	readonly protocolVersion: (asked: string) => string;
	/** A list of resources is answered with none; otherwise it fails, as the release's server library cannot read what it is handed. */
	readonly listsResources: boolean;
	/** Answers of built-in tools say that they are no errors. */
	readonly marksSuccess: boolean;
}

const known = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
const justTools = { tools: { listChanged: true } };

/** By the server library that a release is built with, as its binaries were recorded (`recordings/server-*.json`). */
const libraries: { readonly [version: string]: ServerManners } = {
	'0.9.1': {
		info: { name: 'rmcp', version: '0.9.1' },
		capabilities: justTools,
		// It compares versions as texts, and answers the older of the two.
		protocolVersion: (asked) => (asked < '2025-03-26' ? asked : '2025-03-26'),
		listsResources: false,
		marksSuccess: false,
	},
	'3.5.0': {
		info: { name: 'rmcp', version: '3.5.0' },
		capabilities: justTools,
		protocolVersion: (asked) => (known.includes(asked) ? asked : itemAt(known, 0)),
		listsResources: true,
		marksSuccess: true,
	},
};

const own: ServerManners = {
	info: null,
	capabilities: { ...justTools, prompts: {}, resources: {}, logging: {} },
	protocolVersion: (asked) => (known.includes(asked) ? asked : itemAt(known, 0)),
	listsResources: true,
	marksSuccess: true,
};

/** How the server of an engine does; `documented` is served as this project's own. */
export const mannersOf = (engine: EngineId): ServerManners =>
	libraries[traitsOf(engine).serverLibrary ?? ''] ?? own;
