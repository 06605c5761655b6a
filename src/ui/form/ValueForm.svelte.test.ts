import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, test } from 'vitest';
import type { FieldType, FormParam } from './field-type';
import Harness from './testing/Harness.svelte';
import type { JsonObject } from './value';

let mounted: { component: Record<string, unknown>; target: HTMLElement } | null = null;

afterEach(async () => {
	if (mounted) await unmount(mounted.component);
	mounted?.target.remove();
	mounted = null;
});

function open(params: readonly FormParam[], value: JsonObject = {}) {
	const target = document.body.appendChild(document.createElement('div'));
	const sent: { value: JsonObject } = { value };
	const waiting: (() => void)[] = [];
	const onvalue = (next: JsonObject) => {
		sent.value = next;
		waiting.splice(0).forEach((tell) => tell());
	};
	const component = mount(Harness, { target, props: { params, value, onvalue } });
	flushSync();
	mounted = { component, target };
	const query = <E extends HTMLElement>(selector: string) => {
		const found = target.querySelector<E>(selector);
		if (!found) throw new Error(`nothing matches ${selector} in ${target.innerHTML}`);
		return found;
	};
	return {
		sent,
		target,
		nextChange: () => new Promise<void>((resolve) => waiting.push(resolve)),
		query,
		check: () => {
			const sendable = (component as unknown as { check(): boolean }).check();
			flushSync();
			return sendable;
		},
		type(selector: string, text: string) {
			const control = query<HTMLInputElement>(selector);
			control.value = text;
			control.dispatchEvent(new Event('input', { bubbles: true }));
			flushSync();
			return control;
		},
		choose(selector: string, value: string) {
			const control = query<HTMLSelectElement>(selector);
			control.value = value;
			control.dispatchEvent(new Event('change', { bubbles: true }));
			flushSync();
		},
		async press(label: string) {
			const button = [...target.querySelectorAll('button')].find(
				(each) => each.getAttribute('aria-label') === label || each.textContent?.trim() === label,
			);
			if (!button) throw new Error(`no button ${label}`);
			button.click();
			flushSync();
			await Promise.resolve();
			flushSync();
		},
		pick(label: string, group = '') {
			const choice = [...target.querySelectorAll<HTMLLabelElement>(`${group} label`)].find(
				(each) => each.textContent?.trim().startsWith(label) && each.querySelector('input'),
			);
			choice?.querySelector('input')?.click();
			flushSync();
		},
		problems: () => [...target.querySelectorAll('.issues .problem')].map((item) => item.textContent?.trim()),
	};
}

const one = (type: FieldType): readonly FormParam[] => [{ name: 'x', type }];
const at = (path: string, control = 'input') => `[data-path="${path}"] ${control}`;

describe('the form of a call', () => {
	test('sends nothing that was not typed, and says at the field what is missing', () => {
		const form = open([
			{ name: 'name', type: { kind: 'string' } },
			{ name: 'count', type: { kind: 'u8' } },
		]);
		expect(form.sent.value).toEqual({});
		expect(form.problems()).toEqual([]);
		expect(form.check()).toBe(false);
		expect(form.sent.value).toEqual({});
		expect(form.problems()).toEqual(['Enter text, or choose empty text.', 'Enter an integer.']);
	});

	test('says at once that what was typed does not fit', () => {
		const form = open(one({ kind: 'u8' }));
		const control = form.type('input', '256');
		expect(form.problems()).toEqual(['A u8 is between 0 and 255.']);
		expect(control.getAttribute('aria-invalid')).toBe('true');
		form.type('input', '255');
		expect(form.sent.value).toEqual({ x: 255 });
		expect(form.check()).toBe(true);
	});

	test('keeps what was typed as it was typed', () => {
		const form = open(one({ kind: 'f64' }));
		expect(form.type('input', '1.50').value).toBe('1.50');
		expect(form.sent.value).toEqual({ x: 1.5 });
		expect(form.type('input', '1.50e').value).toBe('1.50e');
		expect(form.problems()).toHaveLength(1);
	});

	test('loses no digit of a 64-bit integer', () => {
		const form = open(one({ kind: 'u64' }));
		form.type('input', '18446744073709551615');
		expect(form.sent.value).toEqual({ x: 18446744073709551615n });
		expect(form.check()).toBe(true);
	});

	test('names each control by its parameter and shows the type', () => {
		const form = open(one({ kind: 's32' }));
		const control = form.query<HTMLInputElement>('input');
		expect(control.labels?.[0]?.textContent).toMatch(/x\s*s32/);
	});

	test('tells empty text from no text', async () => {
		const form = open(one({ kind: 'string' }));
		await form.press('Send empty text as x');
		expect(form.sent.value).toEqual({ x: '' });
		expect(form.target.textContent).toContain('Empty text is sent.');
		await form.press('Send nothing as x');
		expect(form.sent.value).toEqual({});
	});

	test('sends a boolean only once one is chosen', () => {
		const form = open(one({ kind: 'bool' }));
		expect(form.check()).toBe(false);
		form.pick('false');
		expect(form.sent.value).toEqual({ x: false });
		expect(form.check()).toBe(true);
	});

	test('sends none for an option only when none is chosen', () => {
		const form = open(one({ kind: 'option', element: { kind: 'u32' } }));
		expect(form.sent.value).toEqual({});
		form.pick('none');
		expect(form.sent.value).toEqual({ x: null });
		form.pick('a value');
		expect(form.sent.value).toEqual({});
		expect(form.check()).toBe(false);
		form.type('input[inputmode]', '7');
		expect(form.sent.value).toEqual({ x: 7 });
		expect(form.check()).toBe(true);
	});

	test('does not send none for an option in a list that waits for its value', async () => {
		const form = open(one({ kind: 'list', element: { kind: 'option', element: { kind: 'u32' } } }));
		await form.press('Add an item to x');
		expect(form.check()).toBe(true);
		form.pick('a value');
		expect(form.check()).toBe(false);
		form.type('input[inputmode]', '7');
		expect(form.sent.value).toEqual({ x: [7] });
	});

	test('fills records, and tuples, field by field', () => {
		const form = open([
			{ name: 'r', type: { kind: 'record', name: 'r', fields: [{ name: 'a-b', type: { kind: 'string' } }] } },
			{ name: 't', type: { kind: 'tuple', elements: [{ kind: 'u8' }, { kind: 'char' }] } },
		]);
		form.type(at('r/a-b', 'textarea'), 'hi');
		form.type(at('t/1'), 'é');
		expect(form.sent.value).toEqual({ r: { 'a-b': 'hi' }, t: [null, 'é'] });
		expect(form.check()).toBe(false);
		form.type(at('t/0'), '1');
		expect(form.sent.value).toEqual({ r: { 'a-b': 'hi' }, t: [1, 'é'] });
		expect(form.check()).toBe(true);
	});

	test('chooses the case of a variant and asks for its value', () => {
		const type: FieldType = {
			kind: 'variant',
			name: 'v',
			cases: [
				{ name: 'none', type: null },
				{ name: 'some', type: { kind: 'u8' } },
			],
		};
		const form = open(one(type));
		form.choose('select', '0');
		expect(form.sent.value).toEqual({ x: { tag: 'none' } });
		form.choose('select', '1');
		expect(form.sent.value).toEqual({ x: { tag: 'some' } });
		expect(form.check()).toBe(false);
		form.type(at('x/val'), '3');
		expect(form.sent.value).toEqual({ x: { tag: 'some', val: 3 } });
		expect(form.check()).toBe(true);
	});

	test('chooses a side of a result, with a value or without', () => {
		const form = open(one({ kind: 'result', ok: { kind: 'u8' }, err: null }));
		form.pick('err');
		expect(form.sent.value).toEqual({ x: { err: null } });
		form.pick('ok');
		expect(form.check()).toBe(false);
		form.type(at('x/ok'), '4');
		expect(form.sent.value).toEqual({ x: { ok: 4 } });
	});

	test('sends flags as the list of those that are set, and none of them when that is chosen', async () => {
		const form = open(one({ kind: 'flags', name: 'f', flags: ['read', 'write'] }));
		expect(form.check()).toBe(false);
		await form.press('Set none of x');
		expect(form.sent.value).toEqual({ x: [] });
		form.pick('write');
		form.pick('read');
		expect(form.sent.value).toEqual({ x: ['read', 'write'] });
	});

	test('offers the cases of an enum and none beforehand', () => {
		const form = open(one({ kind: 'enum', name: 'e', cases: ['red', 'green'] }));
		expect(form.query<HTMLSelectElement>('select').value).toBe('-1');
		form.choose('select', '1');
		expect(form.sent.value).toEqual({ x: 'green' });
	});

	test('refuses a resource and says why', () => {
		const form = open(one({ kind: 'own', resource: 'cart' }));
		expect(form.target.textContent).toContain('handle inside the component');
		expect(form.check()).toBe(false);
	});

	test('shows names and docs as text, with what hides in them', () => {
		const form = open([
			{ name: '<b>x</b>', type: { kind: 'u8' }, docs: `<img src=x onerror=1>${String.fromCharCode(0x202e)}` },
		]);
		expect(form.target.querySelector('b, img')).toBeNull();
		expect(form.target.textContent).toContain('<img src=x onerror=1>RLO');
	});
});

describe('a list in the form', () => {
	const list = one({ kind: 'list', element: { kind: 'u32' } });
	const values = (form: ReturnType<typeof open>) =>
		[...form.target.querySelectorAll<HTMLInputElement>('input')].map((input) => input.value);

	test('tells the empty list from no list', async () => {
		const form = open(list);
		expect(form.check()).toBe(false);
		await form.press('Send the empty list as x');
		expect(form.sent.value).toEqual({ x: [] });
		expect(form.check()).toBe(true);
	});

	test('adds items, puts the cursor there, and takes them out', async () => {
		const form = open(list, { x: [1] });
		await form.press('Add an item to x');
		expect(form.sent.value).toEqual({ x: [1, null] });
		expect(document.activeElement).toBe(form.target.querySelectorAll('input')[1]);
		expect(form.check()).toBe(false);
		form.type(at('x/1'), '2');
		await form.press('Remove item 1 of x');
		expect(form.sent.value).toEqual({ x: [2] });
		expect(values(form)).toEqual(['2']);
	});

	test('moves items with their buttons and with the keyboard', async () => {
		const form = open(list, { x: [1, 2, 3] });
		await form.press('Move item 3 of x up');
		expect(form.sent.value).toEqual({ x: [1, 3, 2] });
		const first = form.query<HTMLInputElement>(at('x/0'));
		first.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true, bubbles: true }));
		flushSync();
		expect(form.sent.value).toEqual({ x: [3, 1, 2] });
		expect(values(form)).toEqual(['3', '1', '2']);
	});

	test('moves what was typed into an item with it', async () => {
		const form = open(one({ kind: 'list', element: { kind: 'f64' } }), { x: [1, 2] });
		form.type(at('x/0'), '1.0');
		await form.press('Move item 1 of x down');
		expect(values(form)).toEqual(['2', '1.0']);
	});

	test('of many items shows the first ones', async () => {
		const form = open(list, { x: Array.from({ length: 120 }, (_, index) => index) });
		expect(values(form)).toHaveLength(50);
		await form.press('Show more (70 items left)');
		expect(values(form)).toHaveLength(100);
	});
});

describe('bytes in the form', () => {
	const bytes = one({ kind: 'list', element: { kind: 'u8' } });

	test('are read from text', () => {
		const form = open(bytes);
		form.type('textarea', 'hé');
		expect(form.sent.value).toEqual({ x: [104, 195, 169] });
	});

	test('are read from hex, and kept as typed while they are none', () => {
		const form = open(bytes);
		form.choose('select', 'hex');
		expect(form.type('textarea', '0 1').value).toBe('0 1');
		expect(form.sent.value).toEqual({ x: [1] });
		expect(form.type('textarea', '01f').value).toBe('01f');
		expect(form.check()).toBe(false);
		form.type('textarea', '01ff');
		expect(form.sent.value).toEqual({ x: [1, 255] });
	});

	test('that are no text are shown as hex', () => {
		const form = open(bytes, { x: [255, 0] });
		expect(form.query<HTMLTextAreaElement>('textarea').value).toBe('ff 00');
	});

	test('are read from a file', async () => {
		const form = open(bytes);
		const input = form.query<HTMLInputElement>('input[type=file]');
		const file = new File([new Uint8Array([0, 159])], 'a.bin');
		Object.defineProperty(input, 'files', { value: [file] });
		const taken = form.nextChange();
		input.dispatchEvent(new Event('change', { bubbles: true }));
		await taken;
		expect(form.sent.value).toEqual({ x: [0, 159] });
	});
});
