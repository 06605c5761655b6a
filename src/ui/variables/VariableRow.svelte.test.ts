import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import VariableRow from './VariableRow.svelte';
import { looksSecret } from './looks-secret';
import type { Variable } from './variables';

let component: Record<string, unknown>;
let target: HTMLElement;
let elsewhere: HTMLButtonElement;
const onput = vi.fn();

beforeEach(() => {
	const props = $state({
		name: 'TOKEN',
		variable: { value: '', secret: false },
		session: 1,
		onput,
		onremove: () => {},
	});
	onput.mockReset().mockImplementation((_name: string, next: Variable) => {
		props.variable = next;
	});
	elsewhere = document.body.appendChild(document.createElement('button'));
	target = document.body.appendChild(document.createElement('ul'));
	component = mount(VariableRow, { target, props });
	flushSync();
});

afterEach(async () => {
	await unmount(component);
	target.remove();
	elsewhere.remove();
});

const value = () => target.querySelector<HTMLInputElement>('.value')!;
const secret = () => target.querySelector<HTMLInputElement>('[type=checkbox]')!;

function type(text: string) {
	value().focus();
	value().value = text;
	value().dispatchEvent(new Event('input', { bubbles: true }));
	flushSync();
}

test('a value is no variable before its row is left', () => {
	type('hunter22');
	expect(onput).not.toHaveBeenCalled();
	elsewhere.focus();
	expect(onput).toHaveBeenCalledExactlyOnceWith('TOKEN', { value: 'hunter22', secret: false }, 1);
});

test('a value whose variable is marked secret on the way out was never anything else', () => {
	type('hunter22');
	secret().focus();
	expect(onput).not.toHaveBeenCalled();
	secret().click();
	elsewhere.focus();
	expect(onput.mock.calls).toEqual([['TOKEN', { value: 'hunter22', secret: true }, 1]]);
});

test('another window in front decides nothing, and a press elsewhere does', () => {
	type('hunter22');
	// The page keeps what has the focus.
	value().dispatchEvent(new FocusEvent('focusout', { bubbles: true, relatedTarget: null }));
	expect(onput).not.toHaveBeenCalled();
	document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
	expect(onput).toHaveBeenCalledTimes(1);
});

test('the key that runs the tool takes what was typed with it', () => {
	type('hunter22');
	value().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
	expect(onput).toHaveBeenCalledTimes(1);
});

test('a secret that is too short to be found says so', () => {
	type('ab');
	secret().click();
	flushSync();
	expect(target.textContent).toMatch(/fewer than 3 characters cannot be found/);
});

test.each(['API_KEY', 'GITHUB_TOKEN', 'dbPassword', 'secret', 'AWS_SECRET_ACCESS_KEY', 'SESSION_COOKIE'])(
	'%s looks like a secret',
	(name) => expect(looksSecret(name)).toBe(true),
);
test.each(['GREETING', 'HOME', 'MONKEY', 'KEYBOARD', 'LANG', 'TOKENIZER_PATH'])('%s does not', (name) =>
	expect(looksSecret(name)).toBe(false),
);
