import type { BuildProblem } from './problem';

/** What the engine said of a script, as a problem: without what only its makers read, and with the place in the script. */
export function scriptProblem(words: string): BuildProblem {
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
		message: message || 'The script could not be run.',
		...(place && { line: Number(place[1]), column: Number(place[2]) }),
	};
}
