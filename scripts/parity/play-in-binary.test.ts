import { expect, test } from 'vitest';
import { playSteps } from './play-in-binary.mjs';

const result = { result: { content: [{ type: 'text', text: 'said' }] } };

/** A server that does not answer the tool `mute`, and after it answers nothing where it is `deaf`. */
function fakeServer(deaf: boolean) {
	const asked: string[] = [];
	let hears = true;
	const answer = (name: string) => {
		asked.push(name);
		if (name === 'mute' && deaf) hears = false;
		return Promise.resolve(
			name === 'mute' || !hears ? {} : { message: result, text: JSON.stringify(result) },
		);
	};
	return { asked, server: { ask: answer, call: answer } };
}

const steps = ['a', 'mute', 'b', 'c'].map((tool) => ({ tool, arguments: '{}' }));

test('a server that hears nothing any more is asked nothing any more', async () => {
	const { asked, server } = fakeServer(true);
	const answers = await playSteps(server, '/nowhere', steps);
	expect(answers).toEqual([{ text: 'said' }, { none: true }, { none: true }, { none: true }]);
	expect(asked).toEqual(['a', 'mute', 'ping']);
});

test('a server that left one request without an answer is asked the next one', async () => {
	const { asked, server } = fakeServer(false);
	const answers = await playSteps(server, '/nowhere', steps);
	expect(answers).toEqual([{ text: 'said' }, { none: true }, { text: 'said' }, { text: 'said' }]);
	expect(asked).toEqual(['a', 'mute', 'ping', 'b', 'c']);
});
