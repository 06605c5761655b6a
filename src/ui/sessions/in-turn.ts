/**
 * Work of which one run is under way at a time. Who asks meanwhile is given the next run, which all who ask until it begins share: it begins as soon
 * as the one before has ended, however that ended, and finds everything as it is then.
 */
export function inTurn<T>(work: () => Promise<T>): () => Promise<T> {
	let current: Promise<T> | null = null;
	let next: Promise<T> | null = null;

	const run = (): Promise<T> => {
		const mine = work().finally(() => {
			if (current === mine) current = null;
		});
		return (current = mine);
	};

	return () => {
		if (!current) return run();
		const over = current.then(
			() => {},
			() => {},
		);
		return (next ??= over.then(() => {
			next = null;
			return run();
		}));
	};
}
