import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { flushSync, mount, unmount, type ComponentProps } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ToolCallEntry } from '../../core/activity';
import { createOutlet } from '../../core/outlet';
import { withOutlet } from '../base/outlet-context';
import { endingLooks } from './ending';
import ResultView from './ResultView.svelte';

const context = withOutlet(() => createOutlet([{ key: 'TOKEN', value: 'hunter-22' }]));
let mounted: { component: Record<string, unknown>; target: HTMLElement } | null = null;

afterEach(async () => {
	if (mounted) await unmount(mounted.component);
	mounted?.target.remove();
	mounted = null;
});

const call: ToolCallEntry = {
	kind: 'tool-call',
	id: 1,
	callId: 1,
	tool: 't',
	component: 'c',
	engine: '0.8.1',
	arguments: {},
	status: 'result',
	summary: '',
	at: 0,
	revision: 0,
};

function show(result: CallToolResult, props: Partial<ComponentProps<typeof ResultView>> = {}) {
	const target = document.body.appendChild(document.createElement('div'));
	mounted = { component: mount(ResultView, { target, props: { result, ...props }, context }), target };
	flushSync();
	const view = target.querySelector<HTMLElement>('[data-testid="result"]')!;
	return {
		view,
		value: () => view.querySelector<HTMLElement>('.value')!,
		press(words: string) {
			[...view.querySelectorAll('button')].find((button) => button.textContent?.includes(words))?.click();
			flushSync();
		},
	};
}

const structured = (result: unknown, text: string): CallToolResult => ({
	content: [{ type: 'text', text }],
	structuredContent: { result },
	isError: false,
});

describe('the view of a result', () => {
	test('copies no secret, nor one whose bytes or characters stand on lines of their own', async () => {
		const texts: string[] = [];
		const clipboard = { writeText: async (text: string) => void texts.push(text) };
		vi.stubGlobal('navigator', { clipboard });
		const secret = 'hunter-22';
		const result = { text: secret, bytes: [...Buffer.from(secret)], characters: [...secret] };
		const { view } = show(structured(result, JSON.stringify(result)));
		view.querySelector<HTMLButtonElement>('[aria-label="Copy the result"], header button')!.click();
		await vi.waitFor(() => expect(texts).toHaveLength(1));
		vi.unstubAllGlobals();
		const mark = '[secret TOKEN]';
		expect(JSON.parse(texts[0]!)).toEqual({
			...{ text: mark, bytes: [...Buffer.from(mark)], characters: [...mark] },
		});
	});

	test('shows text as it is', () => {
		const { view, value } = show(structured('two\nlines', 'two\nlines'));
		expect(view.dataset['status']).toBe('ok');
		expect(value().querySelector('pre')?.textContent).toBe('two\nlines');
	});

	test.each([
		['result', structured('x', 'x'), {}],
		['err', structured({ err: 'x' }, '{"err":"x"}'), {}],
		['error', { content: [], isError: true }, {}],
		['trap', { content: [], isError: true }, { end: 'trapped' }],
		['limit', { content: [], isError: true }, { end: 'limited' }],
	] as const)('gives an ending a word and a colour of its own: %s', (ending, result, ended) => {
		const { view } = show(result as CallToolResult, { call: { ...call, ...ended } });
		const { word, tone } = endingLooks[ending];
		expect(view.dataset['ending']).toBe(ending);
		expect(view.querySelector('.verdict')?.textContent).toContain(word);
		expect(view.style.getPropertyValue('--tone')).toBe(`var(--${tone})`);
	});

	test('makes an error stand out', () => {
		const { view } = show({ content: [{ type: 'text', text: 'Error: unreachable' }], isError: true });
		expect(view.dataset['status']).toBe('error');
		expect(view.textContent).toContain('isError is true');
		expect(view.textContent).toContain('Error: unreachable');
	});

	test('labels a WIT err, which is no MCP error', () => {
		const { view, value } = show(structured({ err: 'no such file' }, '{"err":"no such file"}'));
		expect(view.dataset['status']).toBe('ok');
		expect(view.textContent).toContain('WIT err');
		expect(value().querySelector('pre')?.textContent).toBe('no such file');
		expect(view.querySelector('[data-testid="result-text"]')?.textContent).toContain(
			'{"err":"no such file"}',
		);
	});

	test('says that a tool returned nothing', () => {
		const { view } = show({ content: [{ type: 'text', text: 'null' }], isError: false }, { type: null });
		expect(view.dataset['status']).toBe('empty');
		expect(view.textContent).toContain('The tool returned nothing.');
	});

	test('keeps every digit in the tree', () => {
		const { value } = show(structured({ big: 18446744073709551615n }, ''));
		expect(value().textContent).toContain('18446744073709551615');
	});

	test('says why a result breaks its schema, and shows it', () => {
		const check = { status: 'invalid', problems: ['/result: is wrong'] } as const;
		const { view, value } = show(structured('x', 'x'), { check });
		expect(view.textContent).toContain('/result: is wrong');
		expect(value().querySelector('pre')?.textContent).toBe('x');
	});

	test('makes no HTML of text and hides nothing in it', () => {
		const evil = `<img src=x onerror=1>${String.fromCharCode(0x202e)}`;
		const { view } = show(structured({ [evil]: evil }, evil));
		expect(view.querySelector('img')).toBeNull();
		expect(view.textContent).toContain('<img src=x onerror=1>RLO');
	});

	test('cuts text of ten million characters and shows more on request', () => {
		const { value, press } = show(structured('x'.repeat(10_000_000), ''));
		expect(value().querySelector('pre')?.textContent).toHaveLength(20_000);
		press('Show more');
		expect(value().querySelector('pre')?.textContent).toHaveLength(40_000);
	});

	test('opens a long list page by page', () => {
		const list = Array.from({ length: 1_000 }, () => 'item');
		const { value, press } = show(structured(list, ''));
		expect(value().querySelectorAll('li')).toHaveLength(0);
		const details = value().querySelector('details')!;
		details.open = true;
		details.dispatchEvent(new Event('toggle'));
		flushSync();
		expect(value().querySelectorAll('li')).toHaveLength(100);
		press('Show more');
		expect(value().querySelectorAll('li')).toHaveLength(200);
	});

	test('shows bytes as text where they are text, and as hex', () => {
		const type = { kind: 'list', element: { kind: 'u8' } } as const;
		const { value, press } = show(structured([104, 105], '[104,105]'), { type });
		expect(value().querySelector('pre')?.textContent).toBe('hi');
		press('hex');
		expect(value().querySelector('pre')?.textContent).toMatch(/^00000000 {2}68 69/);
	});

	test('shows a picture that comes as bytes', () => {
		const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0];
		const { value } = show(structured({ ok: png }, ''));
		expect(value().querySelector('img')?.src).toMatch(/^data:image\/png;base64,iVBORw0KGgoA/);
	});

	test('shows no picture of a kind that could hold more than one', () => {
		const { view } = show({ content: [{ type: 'image', data: 'PHN2Zz4=', mimeType: 'image/svg+xml' }] });
		expect(view.querySelector('img')).toBeNull();
		expect(view.textContent).toContain('image/svg+xml');
	});

	test('shows the time of a call and of its parts', () => {
		const times = {
			startMs: 10,
			instantiateMs: 20,
			runMs: 50,
			hostMs: 15,
			hostCalls: 3,
			peakMemoryBytes: 65_536,
		};
		const { view } = show(structured('x', 'x'), { call: { ...call, times } });
		const parts = view.querySelector('[data-testid="call-times"]')?.textContent?.replace(/\s+/g, ' ');
		expect(parts).toContain('Took 80 ms, 66 KB of memory at most');
		expect(parts).toContain('Run 35 ms');
		expect(parts).toContain('3 times');
	});
});
