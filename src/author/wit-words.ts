import { itemAt } from '../core/item-at';
import type { BuildProblem } from './problem';

/** What the builder says of a WIT as a whole, and what to do about it. */
const ofAll: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
	[
		/no `package` header/,
		() => 'The WIT names no package. Begin it with a line such as "package local:tool;".',
	],
	[
		/contains no worlds|there is no `world` in it/,
		() => 'There is no world in it. Add one: "world tool { export … }".',
	],
	[
		/There are multiple worlds in [^;]*;[^:]*:\n([\s\S]*)/,
		(_, names) =>
			`There is more than one world in it (${names.trim().split(/\s+/).join(', ')}), and a component has one: keep one of them.`,
	],
];

/** A problem of the builder as a person is told it. */
export function inPlainWords(problem: BuildProblem): BuildProblem {
	const { message } = problem;
	for (const [words, told] of ofAll) {
		const found = words.exec(message);
		if (found) return { ...problem, in: 'wit', message: told(...found), line: problem.line ?? 1 };
	}
	const unknown = /^package `(wasi:[^`]*)` is not known here/.exec(message);
	if (unknown)
		return { ...problem, message: `${message}: WASI 0.2.0 to 0.2.12 can be imported, by the whole name` };
	if (message === 'cannot have more than 32 flags')
		return { ...problem, message: 'more than 32 flags are nothing the JavaScript engine has values for' };
	const panic = /^the builder gave up: panicked at [^\n]*\n([\s\S]*)/.exec(message);
	if (panic) return { ...problem, message: `The builder cannot make this: ${itemAt(panic, 1).trim()}` };
	return { ...problem, message: message.replace(' (a type without a name)', '') };
}
