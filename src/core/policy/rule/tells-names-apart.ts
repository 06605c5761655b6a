import type { PathRule } from '../types';

/**
 * Whether rules may decide otherwise on one entry of a directory than on another, by its name. Says yes where it cannot say for certain; a no
 * holds for every access and every name.
 *
 * @param directory an absolute resolved path.
 */
export function tellsNamesApart(rules: readonly PathRule[], directory: string): boolean {
	const depth = directory === '/' ? 1 : directory.split('/').length;
	return rules.some(({ segments }) => looksAt(segments, depth));
}

/** Whether a pattern looks at the last of so many segments. */
function looksAt(pattern: readonly string[], depth: number): boolean {
	const star = pattern.indexOf('**');
	// Whatever comes where the pattern ends in `**`, and after it, is taken as it is.
	if (star >= 0) return star < pattern.length - 1 || star >= depth;
	if (pattern.length === depth) return pattern[depth - 1] !== '*';
	// A shorter one has ended before, a longer one never matches; both without a look at the name.
	return false;
}
