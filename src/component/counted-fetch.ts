/** A `fetch` that tells, as bodies arrive, how many bytes came in all responses together. */
export function counted(
	fetch: typeof globalThis.fetch,
	onBytes: (total: number) => void,
): typeof globalThis.fetch {
	let total = 0;
	return async (...args) => {
		const response = await fetch(...args);
		if (!response.body) return response;
		const counter = new TransformStream<Uint8Array, Uint8Array>({
			transform(chunk, controller) {
				total += chunk.length;
				onBytes(total);
				controller.enqueue(chunk);
			},
		});
		return new Response(response.body.pipeThrough(counter), response);
	};
}
