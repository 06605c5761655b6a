/** How many things that somebody waits for are on the line to the site. */
let waitedFor = 0;
let listeners: (() => void)[] = [];

/** Says that somebody waits for something that is fetched. Returns what says that it has come, or never will; to be called once. */
export function takeLine(): () => void {
	waitedFor += 1;
	return () => {
		waitedFor -= 1;
		if (waitedFor > 0) return;
		const told = listeners;
		listeners = [];
		for (const tell of told) tell();
	};
}

/** Resolves once nobody waits for anything: what no one asked for would take its share of a slow line. */
export const whenLineIsFree = (): Promise<void> =>
	waitedFor === 0 ? Promise.resolve() : new Promise((resolve) => listeners.push(resolve));
