/** Characters of one message that is taken; the page takes no longer ones. */
const longest = 2 ** 28;

/**
 * One agent over stdin and stdout: a message a line. Nothing is read before `listen`. `ended` resolves when the agent's side is closed.
 */
export function createStdio(input, output) {
	let end;
	const ended = new Promise((resolve) => (end = resolve));
	output.on('error', end);
	return {
		ended,
		send: (text) => output.write(`${text}\n`),
		listen(receive) {
			let rest = '';
			input.setEncoding('utf8');
			input.on('data', (chunk) => {
				const lines = (rest + chunk).split('\n');
				rest = lines.pop();
				for (const line of lines) if (line.trim() !== '') receive(line);
				if (rest.length > longest) end();
			});
			input.once('end', end);
			input.once('close', end);
			input.once('error', end);
		},
	};
}
