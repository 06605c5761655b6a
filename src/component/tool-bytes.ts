/** Written in by the build: bytes of the WebAssembly of the transpiler with its printer, and of the printer alone. */
declare const __TOOL_BYTES__: { readonly transpiler: number; readonly printer: number } | undefined;

/** How much is fetched before a component is transpiled or printed; null where nothing was built. */
export const toolBytes = typeof __TOOL_BYTES__ === 'undefined' ? null : __TOOL_BYTES__;

/** How much of it has come, such as `1.2 of 5.6 MiB`. A host may send more than the whole where it answers one file twice. */
export const fetchedWords = (received: number, total: number | undefined): string =>
	total === undefined
		? `${mebibytes(received)} MiB`
		: `${mebibytes(Math.min(received, total))} of ${mebibytes(total)} MiB`;

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
