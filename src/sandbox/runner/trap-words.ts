/** How engines word the traps of WebAssembly (V8, SpiderMonkey, JavaScriptCore), and how Wasmtime does. */
const traps: readonly (readonly [RegExp, string])[] = [
	[/unreachable/i, 'wasm `unreachable` instruction executed'],
	[/null function or function signature mismatch/i, 'uninitialized element or indirect call type mismatch'],
	[/indirect call to null|null table entry|null function/i, 'uninitialized element'],
	[/signature mismatch|signature that does not match/i, 'indirect call type mismatch'],
	[
		/table.*out of bounds|out of bounds.*(table|call_indirect)/i,
		'undefined element: out of bounds table access',
	],
	[/out of bounds/i, 'out of bounds memory access'],
	[/(divide|division|remainder) by zero/i, 'integer divide by zero'],
	[/divide result unrepresentable|integer overflow|division.*overflow/i, 'integer overflow'],
	[/unrepresentable|invalid conversion|out of (bounds|range).*trunc/i, 'invalid conversion to integer'],
	[/call stack|too much recursion/i, 'call stack exhausted'],
];

/** What generated code throws where a guest misuses a handle, in Wasmtime's words. */
const handles: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
	[
		/^Resource error: Not a valid "([^"]*)" resource/,
		([, name]) => `handle used with the wrong type, expected ${name}`,
	],
	[
		/^(?:Resource borrow was not dropped at end of call|borrows not dropped for resource call)/,
		() => 'borrow handles still remain at the end of the call',
	],
	[/^unknown handle index \d+/, ([whole]) => whole],
	[/^(?:borrow handles still remain|cannot remove owned resource).*/, ([whole]) => whole],
];

/**
 * What a trap is called: the same words whichever engine it is, and whether it met the guest's code, the code that frees its results, or a
 * handle that it may not use so. Null for what is none.
 */
export function trapWords(error: unknown): string | null {
	if (error instanceof RangeError && /call stack/i.test(error.message))
		return 'wasm trap: call stack exhausted';
	if (!(error instanceof Error)) return null;
	for (const [pattern, words] of handles) {
		const found = pattern.exec(error.message);
		if (found) return `wasm trap: ${words(found)}`;
	}
	// SpiderMonkey says it of any code.
	if (error.name === 'InternalError' && /too much recursion/.test(error.message))
		return 'wasm trap: call stack exhausted';
	if (!(error instanceof WebAssembly.RuntimeError)) return null;
	if (error.message.startsWith('wasm trap: ')) return error.message;
	const found = traps.find(([pattern]) => pattern.test(error.message));
	return `wasm trap: ${found ? found[1] : error.message}`;
}
