declare module 'virtual:tapedeck-worker' {
	/** The runner's worker as one classic script. */
	const source: string;
	export default source;
}

declare module 'virtual:tapedeck-runner' {
	/** The runner's document as HTML text. */
	const html: string;
	export default html;
}
