import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { instantiate } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('greet.wasm', import.meta.url)));

test.each([
	[[['NAME', 'Ada']], 'Hello, Ada!\nargument 1: --loud\nYou said: hi\n', ''],
	[
		[],
		'Hello, whoever you are!\nargument 1: --loud\nYou said: hi\n',
		'(Grant the variable NAME, and I can greet you properly.)\n',
	],
])('greet with the variables %j greets accordingly', async (variables, out, err) => {
	const written = { out: '', err: '' };
	class Output {
		constructor(readonly name: 'out' | 'err') {}
		write = (content: Uint8Array) => void (written[this.name] += Buffer.from(content).toString());
		checkWrite = () => 4096n;
		blockingWriteAndFlush = this.write;
		blockingFlush() {}
	}
	let input = 'hi\n';
	class Input {
		blockingRead() {
			if (input === '') throw { tag: 'closed' };
			const chunk = Buffer.from(input);
			input = '';
			return chunk;
		}
		read = this.blockingRead;
	}
	const { run } = await instantiate(bytes, {
		imports: {
			'wasi:io/streams': { OutputStream: Output, InputStream: Input },
			'wasi:cli/environment': {
				getEnvironment: () => variables,
				getArguments: () => ['greet', '--loud'],
				initialCwd: () => undefined,
			},
			'wasi:cli/stdin': { getStdin: () => new Input() },
			'wasi:cli/stdout': { getStdout: () => new Output('out') },
			'wasi:cli/stderr': { getStderr: () => new Output('err') },
		},
	});
	expect(run.run()).toBeUndefined();
	expect(written).toEqual({ out, err });
});
