import type { LoadMode } from '../component/load-mode';
import type { EngineKind } from './engines';
import { placeOfWord } from './place-of-word';
import type { BuildProblem } from './problem';

const waiting = [
	['async', 'an asynchronous function'],
	['stream', 'a stream'],
	['future', 'a future'],
] as const;

/** Why a browser builds and runs no tool of a world that has to wait; null where it does. `wit` is the text as typed. */
export function refuseWaiting(wit: string, kind: EngineKind, mode: LoadMode): BuildProblem | null {
	if (kind === 'sync' || mode === 'jspi') return null;
	const found = waiting.map(([word, what]) => ({ what, place: placeOfWord(wit, word) }));
	const { what, place } = found.find(({ place }) => place.line !== undefined) ?? {
		what: 'something that is waited for',
		place: {},
	};
	return {
		in: 'wit',
		message: `The world has ${what}, and this browser cannot suspend WebAssembly (JSPI), without which such a tool is neither built nor run. Write it with plain functions, or open this page in a current Chrome, Edge or Firefox.`,
		...place,
	};
}
