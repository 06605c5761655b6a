import { describe, expect, test } from 'vitest';
import { parseArguments } from './arguments.mjs';

const read = (...words: string[]) => {
	const parsed = parseArguments(words, { API_KEY: 'from the environment' });
	return parsed.ok ? parsed.options : parsed.error;
};

describe('the words after serve', () => {
	test('name what is served, and how', () => {
		expect(
			read(
				...['a.wasm', '--policy', 'a=p=1.yaml', '--engine=0.8.1', '--headed', 'sample:files'],
				...[
					'--dir',
					'./x=/data',
					'--dir=./a=b=/srv/notes/:ro',
					'--env',
					'API_KEY',
					'--env=T=a=b',
					'--env',
					'E=',
				],
				...['--allow-private', 'LocalHost', '--', '-odd.wasm'],
			),
		).toEqual({
			subjects: ['a.wasm', 'sample:files', '-odd.wasm'],
			policies: [['a', 'p=1.yaml']],
			engine: '0.8.1',
			secrets: [
				['API_KEY', 'from the environment'],
				['T', 'a=b'],
				['E', ''],
			],
			folders: [
				{ host: './x', guest: '/data', readOnly: false },
				{ host: './a=b', guest: '/srv/notes', readOnly: true },
			],
			headed: true,
			http: null,
			tokenFile: null,
			era: null,
			allowPrivate: ['localhost'],
			help: false,
		});
	});

	test.each([
		[['--http'], 0],
		[['--http', '9001'], 9001],
		[['--http=9001'], 9001],
		[['--http', 'a.wasm'], 0],
	])('take a port, or any: %s', (words, port) => {
		expect(read(...words)).toMatchObject({ http: port });
	});

	test('hold it to one version of the protocol', () => {
		expect(read('--protocol', '2026-07-28')).toMatchObject({ era: 'modern' });
		expect(read('--protocol=2025-11-25')).toMatchObject({ era: 'legacy' });
	});

	test.each([
		[['--policy', 'a'], '--policy needs ID=FILE'],
		[['--policy', '=a'], '--policy needs ID=FILE'],
		[['--env', 'MISSING'], 'no variable of this process'],
		[['--env', '=x'], '--env needs KEY'],
		[['--dir', '/data'], '--dir needs HOST=GUEST'],
		[['--dir', 'x=data'], '--dir needs HOST=GUEST'],
		[['--dir', 'x=/a/../b'], '--dir needs HOST=GUEST'],
		[['--http=99999'], '--http takes a port'],
		[['--http=x'], '--http takes a port'],
		[['--token-file', 'x'], '--token-file goes with --http'],
		[['--protocol', '2024-11-05'], '--protocol takes 2025-11-25 or 2026-07-28'],
		[['--allow-private', 'http://x/'], '--allow-private needs a host'],
		[['--nothing'], 'There is no option --nothing.'],
	])('are refused with what is wrong: %s', (words, problem) => {
		expect(read(...words)).toContain(problem);
	});
});
