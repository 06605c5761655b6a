/** Bounds on what is taken in by a drop or a picker. */
export const loadLimits = { componentBytes: 32 * 2 ** 20, policyBytes: 64 * 2 ** 10 } as const;
