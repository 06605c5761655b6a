/** Elements that the tables of a guest may have: each of them, and those of all instances together. */
export const tableLimits = { each: 100_000, together: 1_000_000 } as const;
