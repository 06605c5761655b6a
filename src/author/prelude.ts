import cloneText from '../../author/engine-1/prelude/clone.js?raw';
import consoleText from '../../author/engine-1/prelude/console.js?raw';
import fetchText from '../../author/engine-1/prelude/fetch.js?raw';
import guardText from '../../author/engine-1/prelude/guard.js?raw';
import randomText from '../../author/engine-1/prelude/random.js?raw';
import textText from '../../author/engine-1/prelude/text.js?raw';
import urlText from '../../author/engine-1/prelude/url.js?raw';
import type { EngineKind } from './engines';

interface Piece {
	readonly text: string;
	/** A script that has one of these words gets it. */
	readonly words: RegExp;
	/** Interfaces that it imports. */
	readonly imports: readonly string[];
}

/** What browsers have and the engine has not, in the order in which the pieces are put together. */
const pieces: { readonly [name: string]: Piece } = {
	// The guard writes text, and it is always there.
	text: { text: textText, words: /(?:)/, imports: [] },
	guard: { text: guardText, words: /(?:)/, imports: ['wasi:cli/stderr@0.2.12'] },
	console: {
		text: consoleText,
		words: /\bconsole\b/,
		imports: ['wasi:cli/stdout@0.2.12'],
	},
	random: {
		text: randomText,
		words: /\bMath\s*\.\s*random\b|\bcrypto\b/,
		imports: ['wasi:random/random@0.2.12'],
	},
	url: { text: urlText, words: /\b(?:URL|URLSearchParams)\b/, imports: [] },
	clone: { text: cloneText, words: /\bstructuredClone\b/, imports: [] },
	fetch: {
		text: fetchText,
		words: /\bfetch\b/,
		imports: ['wasi:http/types@0.2.12', 'wasi:http/outgoing-handler@0.2.12'],
	},
};

/** What a script is given beside the language itself. */
export interface Prelude {
	/** Interfaces that the world imports for it. */
	readonly imports: readonly string[];
	/** What runs before the script. */
	readonly before: (kind: EngineKind) => string;
	/** What stands behind the last line of the script. */
	readonly after: string;
}

/** The pieces that a script needs, by the words in it. */
export function preludeFor(script: string): Prelude {
	const needed = Object.entries(pieces).filter(([, { words }]) => words.test(script));
	return {
		imports: needed.flatMap(([, { imports }]) => imports),
		before: (kind) =>
			[`const isAsync = ${kind === 'async'};`, ...needed.map(([, { text }]) => text)].join('\n'),
		after: needed.some(([name]) => name === 'random') ? '__started();' : '',
	};
}
