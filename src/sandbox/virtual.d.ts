declare module 'virtual:tapedeck-worker' {
	/** The runner's worker as one classic script. */
	const source: string;
	export default source;
}
