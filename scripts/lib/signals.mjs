/** Ends the browser, and then the command, at a signal; the returned function stops watching for them. */
export function endOnSignals(endBrowser) {
	const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
	const end = (signal) => {
		const exit = () => process.exit(128 + numbers[signal]);
		endBrowser().then(exit, exit);
	};
	for (const signal of Object.keys(numbers)) process.once(signal, end);
	return () => {
		for (const signal of Object.keys(numbers)) process.off(signal, end);
	};
}
