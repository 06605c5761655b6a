import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { Notices } from '../shell/notices.svelte';
import NoticeBar from './NoticeBar.svelte';

const shown: object[] = [];

function bar(notices: Notices, dialog: symbol | null = null): HTMLElement {
	const target = document.body.appendChild(document.createElement('div'));
	shown.push(mount(NoticeBar, { target, props: { notices, dialog } }));
	flushSync();
	return target;
}

const press = (within: HTMLElement, name: string) => {
	[...within.querySelectorAll('button')].find((button) => button.textContent?.trim() === name)?.click();
	flushSync();
};

afterEach(() => {
	for (const one of shown.splice(0)) void unmount(one);
	document.body.replaceChildren();
});

test('one notice is shown at a time, the newest first, and the others wait behind it', () => {
	const notices = new Notices();
	const page = bar(notices);
	notices.say('First.');
	notices.say('Second.');
	flushSync();
	expect(page.textContent).toContain('Second.');
	expect(page.textContent).not.toContain('First.');
	press(page, '1 more');
	expect(page.textContent).toContain('First.');
	notices.dismiss(notices.current!.id);
	flushSync();
	expect(page.textContent).toContain('Second.');
	expect(page.textContent).not.toContain('more');
});

test('what a notice offers is done, and the notice goes', () => {
	const notices = new Notices();
	const page = bar(notices);
	const run = vi.fn();
	notices.say('Deleted.', { label: 'Undo', run });
	flushSync();
	press(page, 'Undo');
	expect(run).toHaveBeenCalledOnce();
	expect(page.textContent?.trim()).toBe('');
});

test('a notice stands in the topmost dialog while one is open, where it can be pressed', () => {
	const notices = new Notices();
	const dialog = Symbol('dialog');
	const [page, inside] = [bar(notices), bar(notices, dialog)];
	notices.say('Deleted.');
	const leave = notices.enterDialog(dialog);
	flushSync();
	expect(inside.textContent).toContain('Deleted.');
	expect(page.textContent?.trim()).toBe('');
	leave();
	flushSync();
	expect(page.textContent).toContain('Deleted.');
	expect(inside.textContent?.trim()).toBe('');
});
