import type { AuthorEngine, EngineKind } from './engines';

/** A text of an engine's prelude, as its `pieces.json` lists it, in the order in which they are put together. */
interface Piece {
	/** Name of its file in the folder `prelude`, without the ending. */
	readonly file: string;
	/** A script in which this regular expression finds something gets it; where it is empty all do. */
	readonly words: string;
	/** Interfaces that it imports. */
	readonly imports: readonly string[];
	/** What stands behind the last line of a script that has it. */
	readonly after?: string;
}

const texts = import.meta.glob<string>('../../author/engine-*/prelude/*.js', {
	query: '?raw',
	import: 'default',
	eager: true,
});

const lists = import.meta.glob<readonly Piece[]>('../../author/engine-*/pieces.json', {
	import: 'default',
	eager: true,
});

/** What a script is given beside the language itself: what browsers have and the engine has not. */
export interface Prelude {
	/** Interfaces that the world imports for it. */
	readonly imports: readonly string[];
	/** What runs before the script. */
	readonly before: (kind: EngineKind) => string;
	/** What stands behind the last line of the script. */
	readonly after: string;
}

/** The pieces that a script needs under an engine, by the words in it. */
export function preludeFor(script: string, { folder }: Pick<AuthorEngine, 'folder'>): Prelude {
	const at = `../../author/${folder}`;
	const needed = (lists[`${at}/pieces.json`] ?? []).filter(({ words }) => new RegExp(words).test(script));
	return {
		imports: needed.flatMap(({ imports }) => imports),
		before: (kind) =>
			[
				`const isAsync = ${kind === 'async'};`,
				...needed.map(({ file }) => texts[`${at}/prelude/${file}.js`]),
			].join('\n'),
		after: needed.map(({ after = '' }) => after).join(''),
	};
}
