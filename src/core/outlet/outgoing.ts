declare const outgoing: unique symbol;

/**
 * Something that no secret of the session stands in, so that it may leave the page: be copied, downloaded, linked to, kept by the browser or
 * told to another page. Only an outlet makes one, and what is printed from one.
 */
export type Outgoing<T> = T & { readonly [outgoing]: true };

/**
 * Says of something that it may leave. For this folder and the few printers of other folders that take nothing but what may leave already;
 * a rule of the linter holds who they are.
 */
export const seal = <T>(value: T): Outgoing<T> => value as Outgoing<T>;

/** Joins what may leave with words of the program: a tagged template whose values all may leave. */
export const phrase = (
	words: TemplateStringsArray,
	...values: readonly Outgoing<string>[]
): Outgoing<string> => seal(words.reduce((text, word, index) => text + values[index - 1] + word));
