// Taken before `lockDown` takes them from the realm.
const { createObjectURL, revokeObjectURL } = URL;
const BlobHere = Blob;

const urlOf = (...parts: readonly (string | Uint8Array)[]): string =>
	createObjectURL.call(URL, new BlobHere(parts as BlobPart[], { type: 'text/javascript' }));

async function importOf(url: string): Promise<unknown> {
	try {
		return await import(/* @vite-ignore */ url);
	} finally {
		revokeObjectURL.call(URL, url);
	}
}

/** Loads and evaluates a module of a source in UTF-8, which only a blob URL of this document can be. */
export const loadModule = (source: Uint8Array): Promise<unknown> => importOf(urlOf(source));

/** Asks for all functions of a script to be compiled with it, and not each when it is first called; V8 heeds it, others read a comment. */
const compileAll = '//# allFunctionsCalledOnLoad\n';

/**
 * Has a module fetched, parsed, compiled and linked, and evaluates nothing of it until the function given back is called, which then loads
 * it. The module imports one of ours that waits at its top level, so that its own has to wait for that.
 */
export function holdModule(source: Uint8Array): () => Promise<unknown> {
	const latch = urlOf('export let open; export const opened = new Promise((resolve) => (open = resolve));');
	const gate = urlOf(`import { opened } from '${latch}'; await opened;`);
	const held = importOf(urlOf(compileAll, `import '${gate}';`, source));
	// Whoever calls sees why it did not load; where nobody does, it is no error.
	held.catch(() => {});
	return async () => {
		const { open } = (await import(/* @vite-ignore */ latch)) as { readonly open: () => void };
		open();
		try {
			return await held;
		} finally {
			for (const url of [latch, gate]) revokeObjectURL.call(URL, url);
		}
	};
}
