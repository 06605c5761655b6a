import { namesIn } from '../core/names-in';
import { itemAt } from '../core/item-at';
import { fromBase64Url, toBase64Url } from '../core/base64';
import { defaultLimits, type Limits } from '../core/call';
import { newestRelease, resolveEngine } from '../core/policy';
import { err, ok, type Result } from '../core/result';
import type { Outgoing } from '../core/outlet';
import { seal } from '../core/outlet/outgoing';
import { signerWords } from '../core/signature/judge';
import { describeWorld, worldOf, type FileContents, type Scenario } from '../core/scenario';
import { binaryOf } from '../component/assemble';
import { sha256Hex } from '../component/digest';
import { isModuleText } from '../component/is-wat';
import type { LoadStep } from '../component/program';
import type { Beginning, ComponentSource, Deck, DeckComponent } from './deck';
import type { AuthoredSource } from './deck-parts';
import { linksThatHold, resolvedLinks } from './links';

/** How far a fetch that a person asked for may be led elsewhere. */
export interface FollowOptions {
	/** Origins beside the address's own host that a redirect may lead to, all shown to the person before; default none. */
	readonly origins?: readonly string[];
	/** Told when another host would have to be asked, which one where that is known, and it was not. */
	readonly onRedirect?: (origin?: string | null) => void;
}

/** Gets the bytes that a source names. The error says what to do next. */
export type FetchSource = (
	source: ComponentSource,
	options: FollowOptions & { readonly id: string; readonly sha256?: string; readonly signal?: AbortSignal },
) => Promise<Result<Uint8Array, string>>;

export interface CaptureOptions {
	/** Components from files of at most this many bytes are carried inside; default 0, which is none. */
	readonly embedUpTo?: number;
	/** Contents of files that are kept beside the scenario; default none. */
	readonly beside?: FileContents;
}

/** What of a deck a scenario holds. */
export type Captured = Pick<Deck, 'components' | 'engine' | 'world' | 'limits' | 'notes' | 'outlet'>;

/**
 * The session as a scenario, fit to leave the page: values of secret variables are left out, and hidden wherever else they stand. The
 * contents `beside` it are those of the world as the outlet lets it leave.
 */
export function captureScenario(
	deck: Captured,
	{ embedUpTo = 0, beside }: CaptureOptions = {},
): Outgoing<Scenario> {
	const { outlet } = deck;
	const around = outlet.scenario({
		version: 1,
		...deck.notes,
		engine: deck.engine,
		components: deck.components.map((component) => {
			const { id, source, sha256, policy, bytes, standsIn, signer, provenance } = component;
			const links = linksThatHold(component, deck.components);
			return {
				id,
				source: 'file' in source && bytes.length <= embedUpTo ? { bytes: toBase64Url(bytes) } : source,
				...(sha256 !== '' && { sha256 }),
				policy,
				...(standsIn && { standIns: true }),
				...(links && { links }),
				...(signer && { signer }),
				...(provenance && provenance.signatures.length > 0 && { signatures: [...provenance.signatures] }),
				...(provenance?.manifest != null && { manifest: provenance.manifest }),
			};
		}),
		limits: changedLimits(deck.limits),
	});
	return seal({ ...around, world: describeWorld(outlet.world(deck.world), beside) });
}

function changedLimits(limits: Limits): Partial<Limits> {
	const names = namesIn(defaultLimits);
	return Object.fromEntries(
		names.filter((name) => limits[name] !== defaultLimits[name]).map((name) => [name, limits[name]]),
	);
}

export interface OpenOptions {
	readonly fetchSource: FetchSource;
	/** Milliseconds since the epoch that the world's files are dated by, where its clock is live; a fixed clock dates them itself. */
	readonly now: number;
	readonly onStep?: (component: string, step: LoadStep, detail?: string) => void;
	/** The components are only there to have something to show; default false. */
	readonly provisional?: boolean;
	/** Contents of files that are kept beside the scenario; default none. */
	readonly beside?: FileContents;
	/** Bytes that this browser has under a digest, beside those in the deck; null where it has none. Default: none. */
	readonly knownBytes?: (sha256: string) => Promise<Uint8Array | null>;
	/** Its limits are those that the person at the page has set, and stand as they are; default false. */
	readonly ownLimits?: boolean;
	/** Whether a person insists on a component although its signature does not fit; default no. */
	readonly insistsOn?: (component: string) => boolean;
	/** Told which component was refused because of its signatures. */
	readonly onRefused?: (component: string) => void;
	readonly signal?: AbortSignal;
	/** When it was asked for, default now: a session that was asked for later is not replaced by it. */
	readonly began?: Beginning;
	/** Waited for once all of it is ready, right before it takes the place of the session: for keeping what is there by then. */
	readonly beforeReplace?: () => Promise<unknown>;
}

/**
 * Replaces the session by a scenario, or leaves it as it is and says why not. Runs nothing. Limits can be lowered by a scenario but
 * not raised above their defaults: that is for the person at the page.
 */
export async function openScenario(
	deck: Deck,
	scenario: Scenario,
	options: OpenOptions,
): Promise<Result<void, string>> {
	const engine = scenario.engine ?? newestRelease;
	const known = resolveEngine(engine);
	if (!known.ok) return err(`This scenario asks for an engine that this page does not have: ${engine}.`);

	const { began = deck.begin() } = options;
	const components: DeckComponent[] = [];
	for (const wanted of scenario.components) {
		const opened = await openComponent(deck, wanted, options);
		if (!opened.ok) return opened;
		components.push(opened.value);
	}
	const unlinkable = components.flatMap((component) => {
		const linked = resolvedLinks(component, components);
		return linked.ok ? [] : [linked.error];
	});
	if (unlinkable.length > 0) return err(itemAt(unlinkable, 0));
	await options.beforeReplace?.();
	if (options.signal?.aborted) return err('It was cancelled.');
	if (!deck.mayReplace(began))
		return err('Another session was opened meanwhile, so this one was dropped. Open it again.');
	const { title, description, calls, flows, expectations, world } = scenario;
	const clock = world?.clock;
	const dated = clock && clock !== 'live' ? Date.parse(clock.start) : options.now;
	deck.replace(
		{
			components,
			engine,
			world: worldOf(world, dated, options.beside),
			limits: options.ownLimits ? { ...defaultLimits, ...scenario.limits } : lowered(scenario.limits),
			notes: { title, description, calls, flows, expectations },
		},
		began,
	);
	return ok(undefined);
}

/** The tools of such a source are read from its WIT, and it is built at its first call. */
const hasWorld = ({ js, wat }: AuthoredSource) => js !== undefined || isModuleText(wat ?? '');

async function openComponent(
	deck: Deck,
	wanted: Scenario['components'][number],
	options: OpenOptions,
): Promise<Result<DeckComponent, string>> {
	const { id, source, sha256, policy, standIns, links, signer, signatures, manifest } = wanted;
	const { fetchSource, onStep, provisional, signal } = options;
	const here = 'bytes' in source ? null : await bytesHere(deck, sha256, options);
	if ('author' in source && hasWorld(source.author) && !here) {
		if (signer && !options.insistsOn?.(id)) {
			options.onRefused?.(id);
			return err(
				`The component ${id} was not loaded. It should be signed ${signerWords(signer)}. It is built here from its source, which nobody has signed.`,
			);
		}
		const described = await deck.describe(source, id, { policy, sha256, provisional });
		return described.ok
			? ok({ ...described.value, standsIn: standIns, links, policyUntouched: true })
			: err(`The source of ${id} could not be read. ${described.error}`);
	}
	const bytes =
		'bytes' in source
			? bytesOf(source.bytes)
			: here
				? ok(here)
				: 'author' in source
					? ok(new TextEncoder().encode(source.author.wat ?? ''))
					: await fetchSource(source, { id, sha256, signal });
	if (!bytes.ok) return err(`The component ${id} could not be had. ${bytes.error}`);
	// Before anything looks at the bytes: what is not what was named is not even compiled.
	const came = await sha256Hex(new Uint8Array(bytes.value));
	// A text is a component by what it stands for, and may be named by either digest.
	const binary = await binaryOf(bytes.value, { signal });
	if (!binary.ok) return err(`The component ${id} could not be loaded. ${binary.error}`);
	const digest = binary.value === bytes.value ? came : await sha256Hex(new Uint8Array(binary.value));
	if (sha256 && digest !== sha256 && came !== sha256) {
		return err(
			`The component ${id} is not the one that this scenario was made with: its digest is ${digest}, and the scenario names ${sha256}. Nothing of it was used.`,
		);
	}
	const prepared = await deck.prepare(binary.value, id, {
		source,
		policy,
		provisional,
		signal,
		onStep: (step, detail) => onStep?.(id, step, detail),
		signer,
		provenance:
			signatures || manifest !== undefined
				? { signatures: signatures ?? [], manifest: manifest ?? null }
				: undefined,
		insisted: options.insistsOn?.(id) ?? false,
		onRefused: () => options.onRefused?.(id),
	});
	return prepared.ok
		? ok({ ...prepared.value, standsIn: standIns, links, policyUntouched: true })
		: err(`The component ${id} could not be loaded. ${prepared.error}`);
}

/** Bytes that are here already serve every opening that names their digest, whatever it says of where they came from. */
async function bytesHere(
	deck: Deck,
	sha256: string | undefined,
	{ knownBytes }: OpenOptions,
): Promise<Uint8Array | null> {
	if (sha256 === undefined) return null;
	const loaded = deck.components.find((one) => one.sha256 === sha256 && !one.unbuilt);
	return loaded?.bytes ?? (await knownBytes?.(sha256)) ?? null;
}

function bytesOf(text: string): Result<Uint8Array, string> {
	const bytes = fromBase64Url(text);
	return bytes ? ok(bytes) : err('Its bytes inside the scenario are not base64url.');
}

/** Limits as a stranger's document may set them: never above their defaults. */
export function lowered(limits: Scenario['limits'] = {}): Limits {
	const names = namesIn(defaultLimits);
	return Object.fromEntries(
		names.map((name) => [name, Math.min(limits[name] ?? Infinity, defaultLimits[name])]),
	) as unknown as Limits;
}
