import { withoutComponentEnding } from './component-name';

/**
 * The id that Wassette gives to what it loads from a file or a web address: the last part of its path, without `.wasm` or `.wat`, a query and a
 * fragment. Empty where the path has no last part.
 */
export function stemOf(address: string): string {
	const [path = ''] = address.split(/[?#]/, 1);
	const last = path
		.replace(/^[a-z]+:\/\/[^/]*/i, '')
		.split(/[/\\]/)
		.filter(Boolean)
		.at(-1);
	return withoutComponentEnding(last ?? '');
}
