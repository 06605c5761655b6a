/*
 * JavaScript that evaluates JavaScript. Here that is harmless: the engine inside this component has no file, no network and no clock, because
 * the component imports none, so the code it is given has none either.
 */
const evaluate = globalThis.eval;

// An indirect eval runs at the top level: it does not see what is in this file.
function run(code, show) {
	try {
		return show(evaluate(code));
	} catch (error) {
		// What is thrown becomes the `err` of the tool's result.
		throw error instanceof Error ? `${error.name}: ${error.message}` : String(error);
	}
}

/** JSON has no undefined, no functions and no big integers. */
function toJson(value) {
	const text = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part), 2);
	if (text === undefined) throw new TypeError(`${typeof value} cannot be shown as JSON`);
	return text;
}

export function eval_(expression) {
	// In parentheses, braces are an object and not a block.
	return run(`(${expression}\n)`, toJson);
}

export function exec(statements) {
	const lines = [];
	globalThis.print = (...values) => {
		lines.push(values.map((value) => (typeof value === 'string' ? value : toJson(value))).join(' '));
	};
	return run(statements, () => lines.join('\n'));
}

export { eval_ as eval };
