import type { LoadedComponent, LoadStep } from '../component/program';
import type { ActivityEntry } from '../core/activity';
import type { Limits } from '../core/call';
import type { EngineId } from '../core/policy/types';
import type { Signer } from '../core/signature/signer';
import type { Scenario } from '../core/scenario';
import type { World } from '../core/world';

/** Where a component's bytes came from, as a scenario names it. */
export type ComponentSource = Scenario['components'][number]['source'];

/** A component in the deck, with the policy attached to it. Replaced, never mutated. */
export interface DeckComponent extends LoadedComponent {
	readonly source: ComponentSource;
	/** The bytes as they came, for bundles and digests. */
	readonly bytes: Uint8Array;
	/** It is known by its source alone, and is built when it is first called: until then it has no bytes, and its digest is what its scenario says, or empty. */
	readonly unbuilt?: boolean;
	/** Verbatim YAML; null is a component with no policy attached. */
	readonly policy: string | null;
	/** Its policy came with a scenario and was not touched since: while it does not parse, no secret is handed over because of it. */
	readonly policyUntouched?: boolean;
	/**
	 * A grant wrote a policy that cannot be read: a release that is running goes by the one before until it is started again, which any
	 * other change of the policy stands for here. It is not kept with a session.
	 */
	readonly goesBy?: { readonly policy: string | null };
	/** It is only there to have something to show: it makes room for the first component that a person loads, unless its policy was edited. */
	readonly provisional?: boolean;
	/** Imports that nobody provides get plain default answers; without it, calls of a component with such imports fail. */
	readonly standsIn?: boolean;
	/** By the full names of imports, the ids of the components that provide them; without it nobody does. */
	readonly links?: Readonly<Record<string, string>>;
	/** Who it has to be signed by; without it nobody is expected. */
	readonly signer?: Signer;
	/** What came with it that says who made it and what is in it. */
	readonly provenance?: Provenance;
	/** Rises with every change that can change a decision: policy text, stand-ins, links, engine, files and variables, save files that calls change. */
	readonly revision: number;
	/** What the latest of these changes was about; nothing where there was none since it was loaded. */
	readonly revised?: Revised;
}

/** What says who made a component, and what is in it. */
export interface Provenance {
	/** Texts, as `checkSignatures` takes them. */
	readonly signatures: readonly string[];
	/** The manifest that it was distributed under, word for word; null without one. */
	readonly manifest: string | null;
	/** Parsed lists of materials that nobody signed. They are not kept with a session. */
	readonly lists?: readonly unknown[];
}

/** Who a component has to be signed by, and what came with it; a field that is there takes the place of what was. */
export type Signed = Partial<Pick<DeckComponent, 'signer' | 'provenance'>>;

/** What can change the decisions about a component. */
export type Revised = 'policy' | 'stand-ins' | 'links' | 'engine' | 'files' | 'variables';

/** The moment when something began that ends later. By it is known, then, whether what it began in is still there. */
export interface Beginning {
	/** The session it began in. */
	readonly session: number;
	/** Its place among all beginnings. */
	readonly order: number;
}

/** What goes with the bytes of a component, and who is told how its loading goes. */
export interface LoadOptions {
	readonly source: ComponentSource;
	readonly policy: string | null;
	readonly provisional?: boolean;
	readonly onStep?: (step: LoadStep, detail?: string) => void;
	readonly signal?: AbortSignal;
	/** When a person asked for it, where that was before its bytes were there; default now. It lands in the session of then, or nowhere. */
	readonly began?: Beginning;
	/** Told right before it is in the deck, where it gets there. */
	readonly onLand?: () => void;
	/** What it makes of the world as it lands; default nothing. */
	readonly world?: (world: World) => World;
	/** Who it has to be signed by; default who the component in whose place it comes has to be. */
	readonly signer?: Signer;
	readonly provenance?: Provenance;
	/** A person said that it is to be loaded although its signature does not fit; no document and no script says so. */
	readonly insisted?: boolean;
	/** Told where it is not loaded because of its signatures. */
	readonly onRefused?: () => void;
}

/** What goes with a component that is known by its source alone. */
export interface DescribeOptions extends Pick<LoadOptions, 'policy' | 'provisional'> {
	/** The digest that is expected of what will be built; default none. */
	readonly sha256?: string;
}

/** What a session carries beside what decides: words about it, saved calls and flows of them, and what-if rows. */
export type Notes = Pick<Scenario, 'title' | 'description' | 'calls' | 'flows' | 'expectations'>;

/** All of a session, for replacing it at once. */
export interface DeckContents {
	readonly components: readonly DeckComponent[];
	readonly engine: EngineId;
	readonly world: World;
	readonly limits: Limits;
	readonly notes: Notes;
	/** The record that goes with it, where a session that was put aside comes back; default none. What it holds stays up to date with its components. */
	readonly activity?: readonly ActivityEntry[];
}

/** What of a world and an engine that come after others can change decisions, or null where nothing of them can. */
export function revisedBy(
	before: Pick<DeckContents, 'world' | 'engine'>,
	after: Pick<DeckContents, 'world' | 'engine'>,
): Revised | null {
	if (after.engine !== before.engine) return 'engine';
	if (after.world.files !== before.world.files) return 'files';
	return after.world.variables === before.world.variables ? null : 'variables';
}
