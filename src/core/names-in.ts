/** The keys of an object that holds no more than its type says. */
export const namesIn = <T extends object>(object: T): (keyof T)[] => Object.keys(object) as (keyof T)[];
