import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, test } from 'vitest';
import { printJson } from '../../core/json';
import { writtenOf } from '../../core/written-json';
import JsonHarness from './testing/JsonHarness.svelte';
import type { JsonObject } from './value';

let mounted: { component: Record<string, unknown>; target: HTMLElement } | null = null;

afterEach(async () => {
	if (mounted) await unmount(mounted.component);
	mounted?.target.remove();
	mounted = null;
});

function open(value: JsonObject) {
	const target = document.body.appendChild(document.createElement('div'));
	const sent: { value: JsonObject; problem: string | null } = { value, problem: null };
	const component = mount(JsonHarness, {
		target,
		props: {
			value,
			onvalue: (next: JsonObject) => (sent.value = next),
			onproblem: (problem: string | null) => (sent.problem = problem),
		},
	});
	flushSync();
	mounted = { component, target };
	const area = () => target.querySelector<HTMLTextAreaElement>('[data-testid="call-json"]')!;
	return {
		sent,
		target,
		area,
		type(text: string) {
			area().value = text;
			area().dispatchEvent(new Event('input', { bubbles: true }));
			flushSync();
		},
		set(next: JsonObject) {
			(component as unknown as { set(value: JsonObject): void }).set(next);
			flushSync();
		},
	};
}

describe('arguments as JSON', () => {
	test('show the value, whole', () => {
		expect(open({ big: 18446744073709551615n }).area().value).toBe('{\n  "big": 18446744073709551615\n}');
	});

	test('take a text that is JSON and keep it as it was typed', () => {
		const json = open({});
		json.type('{"a" :  1, "big": 18446744073709551615}');
		expect(json.sent).toEqual({ value: { a: 1, big: 18446744073709551615n }, problem: null });
		expect(json.area().value).toBe('{"a" :  1, "big": 18446744073709551615}');
	});

	test('know how a number was written, and show it so where they are opened again', () => {
		const typed = open({});
		typed.type('{"a": 1.0, "b": 1}');
		expect(typed.sent.value).toEqual({ a: 1, b: 1 });
		expect(printJson(writtenOf(typed.sent.value)!)).toBe('{"a":1.0,"b":1}');
		expect(open(typed.sent.value).area().value).toBe('{\n  "a": 1.0,\n  "b": 1\n}');
		typed.type('{"a": 1, "b": 1}');
		expect(writtenOf(typed.sent.value)).toBeUndefined();
	});

	test('keep a text that is none, change nothing, and say where it breaks', () => {
		const json = open({ a: 1 });
		json.type('{\n  "a": tru\n}');
		expect(json.sent.value).toEqual({ a: 1 });
		expect(json.sent.problem).toMatch(/^Line 2, column 8: /);
		expect(json.area().value).toBe('{\n  "a": tru\n}');
		expect(json.area().getAttribute('aria-invalid')).toBe('true');
		json.type('{"a": true}');
		expect(json.sent).toEqual({ value: { a: true }, problem: null });
	});

	test('put the cursor where the text breaks', () => {
		const json = open({});
		json.type('{\n "a": x}');
		json.target.querySelector('button')?.click();
		expect(json.area().selectionStart).toBe(8);
	});

	test('refuse JSON that is no object and keep its text', () => {
		const json = open({ a: 1 });
		json.type('[1]');
		expect(json.sent.value).toEqual({ a: 1 });
		expect(json.sent.problem).toContain('one JSON object');
		expect(json.area().value).toBe('[1]');
		json.type('{"b": 2}');
		expect(json.sent).toEqual({ value: { b: 2 }, problem: null });
	});

	test('take no text for no arguments, without writing any back', () => {
		const json = open({ a: 1 });
		json.type('');
		expect(json.sent.value).toEqual({});
		expect(json.area().value).toBe('');
	});

	test('give way to a value that changes elsewhere', () => {
		const json = open({ a: 1 });
		json.type('{"a": ');
		json.set({ a: 2 });
		expect(json.area().value).toBe('{\n  "a": 2\n}');
		expect(json.sent.problem).toBeNull();
	});
});
