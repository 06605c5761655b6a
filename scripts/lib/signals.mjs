/** Signals that ask a command to end, with what the exit code is 128 and. */
export const endingSignals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** Ends the browser, and then the command, at a signal; the returned function stops watching for them. */
export function endOnSignals(endBrowser) {
	const end = (signal) => {
		const exit = () => process.exit(128 + endingSignals[signal]);
		endBrowser().then(exit, exit);
	};
	for (const signal of Object.keys(endingSignals)) process.once(signal, end);
	return () => {
		for (const signal of Object.keys(endingSignals)) process.off(signal, end);
	};
}
