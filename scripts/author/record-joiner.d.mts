/** Paths in `author` of what the joiner is made of. */
export const joinerSources: readonly string[];
