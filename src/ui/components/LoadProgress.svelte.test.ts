import { mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import type { LoadTask } from './load-task';
import LoadProgress from './LoadProgress.svelte';

let shown: object | null = null;
afterEach(() => {
	if (shown) void unmount(shown);
	document.body.replaceChildren();
});

const task = { id: 1, name: 'a.wasm', step: 'downloading', cancel: () => {} } as const;
const mib = 2 ** 20;

test.each([
	[{ received: 2 * mib, total: 5 * mib }, 'Downloading, 2.1 MB of 5.2 MB', 0.4],
	[{ received: 5 * mib, total: null }, 'Downloading, 5.2 MB so far', null],
	[{}, 'Downloading…', null],
] as const)(
	'says how much of a download has come, and of how much where that is known',
	(known, words, value) => {
		const of: LoadTask = { ...task, ...known };
		shown = mount(LoadProgress, { target: document.body, props: { task: of } });
		expect(document.querySelector('[role=status]')?.textContent).toBe(words);
		const bar = document.querySelector('progress');
		expect(bar?.hasAttribute('value') ? bar.value : null).toBe(value);
	},
);
