import type { Author } from '../author/build-tool';
import { sentenceOf } from '../author/problem';
import type { Loader } from '../component/load-component';
import { loadMode } from '../component/load-mode';
import { err, ok } from '../core/result';
import type { DeckParts } from '../deck/deck-parts';
import type { Supervisor } from '../sandbox/supervisor';

/** What makes components of sources, fetched when it is first asked for; asked for again where it did not come. */
export function lateAuthor(
	{ load }: Pick<Loader, 'load'>,
	{ run }: Pick<Supervisor, 'run'>,
): () => Promise<Author> {
	let coming: Promise<Author> | null = null;
	return () => {
		coming ??= Promise.all([import('../author/build-tool'), import('../author/spawn-builder')]).then(
			([{ createAuthor }, { spawnBuilder }]) =>
				createAuthor({ spawn: spawnBuilder, load, run, mode: loadMode() }),
		);
		coming.catch(() => (coming = null));
		return coming;
	};
}

/** The same for a deck, which says of a problem no more than a sentence. */
export const authorOfDeck = (author: () => Promise<Author>): NonNullable<DeckParts['author']> => ({
	describe: async (source) => {
		const described = await (await author()).describe(source);
		return described.ok ? described : err(sentenceOf([described.error]));
	},
	build: async (source, options) => {
		const built = await (await author()).build(source, options);
		return built.ok ? ok(built.value.bytes) : err(sentenceOf(built.error));
	},
});
