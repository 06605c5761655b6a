import { flushSync, mount, unmount } from 'svelte';
import { expect, test } from 'vitest';
import { err, ok } from '../../core/result';
import ExpectationEditor from './ExpectationEditor.svelte';

test('a text that is too long is refused at its field, which keeps what was there', () => {
	let refuses = true;
	const editor = mount(ExpectationEditor, {
		target: document.body,
		props: {
			expect: { text: 'before' },
			observed: null,
			onexpect: () => (refuses ? err('The expected text is too long.') : ok(undefined)),
			onaccept: () => ok(undefined),
		},
	});
	flushSync();
	const field = document.querySelector('textarea')!;
	const type = (text: string) => {
		field.value = text;
		field.dispatchEvent(new Event('input', { bubbles: true }));
		flushSync();
		return [
			field.value,
			field.getAttribute('aria-invalid'),
			document.querySelector('[role=alert]')?.textContent,
		];
	};
	expect(type('far too long')).toEqual([
		'before',
		'true',
		'The expected text is too long. What was expected stays.',
	]);
	refuses = false;
	expect(type('after')).toEqual(['after', 'false', undefined]);
	void unmount(editor);
});
