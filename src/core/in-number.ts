/** A number of things as a plain text, such as `1 file` and `3 files`. */
export const inNumber = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
