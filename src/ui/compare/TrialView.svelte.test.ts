import { mount, unmount } from 'svelte';
import { expect, test } from 'vitest';
import { endingLooks } from '../result/ending';
import type { TrialEnding } from './trial';
import TrialView from './TrialView.svelte';

/** What the head of a column says of how its call ended. */
function said(ending: TrialEnding): string {
	const none = { files: [], hosts: [], variables: [], read: [], written: [] };
	const props = {
		trial: { status: 'settled' as const, through: none, result: { text: 'No such file', ending }, ms: 1 },
		title: 'Wassette',
	};
	const view = mount(TrialView, { target: document.body, props });
	const words = document.querySelector('[data-testid=compare-result] h4 .ending')?.textContent?.trim() ?? '';
	void unmount(view);
	document.body.replaceChildren();
	return words;
}

test('a comparison calls a result only what is one, and gives each other ending a word of its own', () => {
	expect(said('result')).toBe('Result');
	const endings = ['result', 'err', 'error', 'trap', 'limit', 'stopped'] as const;
	expect(said('err')).toBe('err');
	expect(new Set(endings.map(said)).size).toBe(endings.length);
	for (const part of ['icon', 'tone'] as const)
		expect(new Set(endings.map((ending) => endingLooks[ending][part])).size).toBe(endings.length);
});
