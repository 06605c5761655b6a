/** Names that only the code of asynchronous components imports or exports, as `wit-component` writes them. */
const asynchronous =
	/\[(?:async-lift|async-lower|async-lift-stackful|task-return|callback|(?:stream|future)-(?:new|read|write)-\d+|waitable-set-new|subtask-drop)\]/;

/** Versions of WASI 0.3 before it was final. */
const draft = /@0\.3\.0-[0-9A-Za-z.-]+/;

/**
 * What goes before the reason why a component's types could not be read, where it is asynchronous: the encoding of drafts differs from that
 * of WASI 0.3.0, and tools that read the one do not read the others. Empty for other components.
 */
export function draftWords(component: Uint8Array): string {
	const text = new TextDecoder('latin1').decode(component);
	const version = draft.exec(text)?.[0].slice(1);
	if (version === undefined && !asynchronous.test(text)) return '';
	const what =
		version === undefined ? 'an old draft of asynchronous components' : `the draft ${version} of WASI`;
	return `This component was probably built for ${what}, before WASI 0.3.0, and current tools do not read that. Build it again: in Rust with wit-bindgen 0.57 or later, in Python with componentize-py 0.25 or later, in JavaScript with componentize-qjs 0.4 or later. `;
}
