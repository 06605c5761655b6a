import type { HostCall } from '../core/activity';
import type { Unevaluated } from './evaluate';
import type { BuildProblem } from './problem';

/** What the engine said of a script, as a problem: without what only its makers read, and with the place in the script. */
export function scriptProblem({ message: words, denied }: Unevaluated, script: string): BuildProblem {
	const place = /componentize-qjs:user\.js:(\d+):(\d+)/.exec(words);
	const [first = ''] = words
		.replace(/^(?:Failed to [^:]+: )+/, '')
		.split('\n')
		.filter((line) => line.trim() !== '');
	const message = /^wasm trap|unreachable/.test(first)
		? 'The top level of the script ended the engine. Move what it does into a function.'
		: first.replaceAll('componentize-qjs:user.js', 'tool.js').trim();
	return {
		in: 'source',
		message: `${message || 'The script could not be run.'}${deniedWords(denied)}`,
		// What stands behind the last line is not the writer's.
		...(place &&
			Number(place[1]) <= script.split('\n').length && { line: Number(place[1]), column: Number(place[2]) }),
	};
}

/** The denial that may be behind it: at the top level nothing is granted. */
function deniedWords([first]: readonly HostCall[]): string {
	return first === undefined
		? ''
		: `. The top level runs without a grant, and was denied: ${first.operation} ${first.target}. Ask for it in a function.`;
}
