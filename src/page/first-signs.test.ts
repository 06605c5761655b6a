import { expect, test, vi } from 'vitest';
import { watchFirstSigns } from './first-signs';

/** An event as it comes up to the page from a field. */
function told(type: string, field: object, more: object = {}): number {
	const page = Object.assign(new EventTarget(), field);
	const expected = vi.fn();
	watchFirstSigns(page, expected);
	page.dispatchEvent(Object.assign(new Event(type), more));
	return expected.mock.calls.length;
}

test.each<[what: string, type: string, field: object, more: object]>([
	['files are dragged over the page', 'dragenter', {}, { dataTransfer: { types: ['Files'] } }],
	['the dialog for a component is opened', 'click', { type: 'file', accept: '.wasm,.wat' }, {}],
	['an address is typed', 'input', { type: 'text', inputMode: 'url' }, {}],
])('a component is expected where %s', (_what, type, field, more) => {
	expect(told(type, field, more)).toBe(1);
});

test.each<[what: string, type: string, field: object, more: object]>([
	['a text is dragged', 'dragenter', {}, { dataTransfer: { types: ['text/plain'] } }],
	['another dialog for files is opened', 'click', { type: 'file', accept: '.har' }, {}],
	['a dialog for any file is opened', 'click', { type: 'file', accept: '' }, {}],
	['a button is pressed', 'click', { type: 'submit' }, {}],
	['something else is typed', 'input', { type: 'text', inputMode: '' }, {}],
])('none is expected where %s', (_what, type, field, more) => {
	expect(told(type, field, more)).toBe(0);
});
