/** A private member, which a spread does not copy: what is put together anew has to go through an outlet anew. */
declare class LetGo {
	private readonly outgoing: true;
}

/**
 * Something that no secret of the session stands in, so that it may leave the page: be copied, downloaded, linked to, kept by the browser or
 * told to another page. Only an outlet makes one, and what is printed from one.
 */
export type Outgoing<T> = T & LetGo;

/**
 * Says of something that it may leave. For this folder and the few printers of other folders that take nothing but what may leave already;
 * a rule of the linter holds who they are.
 */
export const seal = <T>(value: T): Outgoing<T> => value as Outgoing<T>;

/** A word of the program itself. A text that is only known when the program runs does not fit. */
export const own = <const T extends string>(word: string extends T ? never : T): Outgoing<T> =>
	seal(word as T);

/** Joins what may leave by a text that is known before the program runs. */
export const joined = <const T extends string>(
	items: readonly Outgoing<string>[],
	between: string extends T ? never : T,
): Outgoing<string> => seal(items.join(between));

/** Joins what may leave with words of the program: a tagged template whose values all may leave. */
export const phrase = (
	words: TemplateStringsArray,
	...values: readonly Outgoing<string>[]
): Outgoing<string> => seal(words.reduce((text, word, index) => text + values[index - 1] + word));
