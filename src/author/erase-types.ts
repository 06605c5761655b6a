import { transform } from 'sucrase';
import { err, ok, type Result } from '../core/result';
import type { BuildProblem } from './problem';

/** What TypeScript has and JavaScript has not, or seldom. Where it is in neither, nothing is changed by looking for types. */
const typed = [
	/\b(?:type\s+\w+\s*[=<]|interface\s+\w|import\s+type\b)/,
	/:\s*(?:string|number|boolean|bigint|unknown|any|void|never|object|[A-Z])/,
	/\b(?:as|satisfies)\s+(?:const|string|number|unknown|[A-Z])/,
	/[{,]\s*type\s+\w/,
];

/** Whether a script looks as if it had types. */
export const isTyped = (script: string): boolean => typed.some((sign) => sign.test(script));

/** TypeScript without its types: each line stays where it is. What is JavaScript already comes back as it is. */
export function eraseTypes(script: string): Result<string, BuildProblem> {
	if (!isTyped(script)) return ok(script);
	try {
		const { code } = transform(script, {
			transforms: ['typescript'],
			disableESTransforms: true,
			keepUnusedImports: true,
		});
		return ok(code);
	} catch (error) {
		// The engine says of JavaScript that is broken where, and better.
		const { message, loc } = error as { message: string; loc?: { line: number; column: number } };
		return err({
			in: 'source',
			message: message.replace(/^Error transforming[^:]*: /, '').replace(/ \(\d+:\d+\)$/, ''),
			...(loc && { line: loc.line, column: loc.column + 1 }),
		});
	}
}
