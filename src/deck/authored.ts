import { err, ok, type Result } from '../core/result';
import type { ComponentSource, DeckComponent } from './contents';
import type { DeckParts } from './deck-parts';

/** What a component that was not built yet has in the place of what a build gives. */
const unbuilt = {
	unbuilt: true,
	bytes: new Uint8Array(),
	size: 0,
	program: { source: '', modules: [], imports: [], mode: 'jspi' },
	missing: [],
	standIns: [],
	notes: [],
} as const satisfies Partial<DeckComponent>;

const nobody = 'Nothing here builds components of sources.';

type Author = NonNullable<DeckParts['author']>;
type Described = Extract<Awaited<ReturnType<Author['describe']>>, { readonly ok: true }>['value'];
type Built = Extract<Awaited<ReturnType<DeckParts['loadComponent']>>, { readonly ok: true }>['value'] &
	Pick<DeckComponent, 'bytes'>;

/** What stands for a component until it is built: its tools, read of its WIT. Nothing is built. */
export async function describeSource(
	source: ComponentSource,
	{ author }: Pick<DeckParts, 'author'>,
): Promise<Result<typeof unbuilt & Described, string>> {
	if (!author || !('author' in source)) return err(nobody);
	const described = await author.describe(source.author);
	return described.ok ? ok({ ...unbuilt, ...described.value }) : described;
}

/** Builds a component of its source. The error is a sentence; one of them says that other bytes came of it than the scenario names. */
export async function buildSource(
	{ id, source, sha256 }: Pick<DeckComponent, 'id' | 'source' | 'sha256'>,
	{ author, loadComponent }: Pick<DeckParts, 'author' | 'loadComponent'>,
	options: { readonly signal?: AbortSignal; readonly callMs: number },
): Promise<Result<Built, string>> {
	if (!author || !('author' in source)) return err(nobody);
	const bytes = await author.build(source.author, options);
	if (!bytes.ok) return err(`${id} could not be built. ${bytes.error}`);
	const loaded = await loadComponent(bytes.value, { signal: options.signal });
	if (!loaded.ok) return loaded;
	if (sha256 !== '' && loaded.value.sha256 !== sha256)
		return err(
			`What was built of the source of ${id} has the digest ${loaded.value.sha256}, and the scenario names ${sha256}. It was not used.`,
		);
	return ok({ ...loaded.value, bytes: bytes.value });
}
