/** How long a person may take to answer through their agent's program, in milliseconds. */
export const patienceMs = 600_000;

/** The request that asks a person for a yes or a no. */
export const elicitation = (message: string) => ({
	method: 'elicitation/create' as const,
	params: { message, requestedSchema: { type: 'object' as const, properties: {} } },
});
