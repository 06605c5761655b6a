import { createOutlet } from '../../core/outlet';
import { flushSync } from 'svelte';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../core/json';
import type { WireMessage } from '../../mcp/wire';
import { WireLog } from '../../mcp/wire-log';
import { WireView } from './wire-view.svelte';

const message = (parts: Partial<WireMessage>): WireMessage => ({
	id: 1,
	direction: 'client→server',
	kind: 'request',
	method: 'tools/call',
	rpcId: 1,
	text: '{"id":1}',
	at: 0,
	size: 8,
	...parts,
});

function opened(...messages: Partial<WireMessage>[]) {
	const log = new WireLog();
	for (const parts of messages) log.add(message(parts));
	return { log, view: new WireView(log) };
}

const ids = (view: WireView) => {
	flushSync();
	return view.visible.map(({ id }) => id);
};

describe('the wire view', () => {
	test('is narrowed by text, direction, kind, failure and connection, each for itself and together', () => {
		const { view } = opened(
			{ text: '{"a":"Needle"}' },
			{ direction: 'server→client', kind: 'response', failed: true },
			{ kind: 'notification', connection: 'elsewhere' },
		);
		view.text = 'needle';
		expect(ids(view)).toEqual([1]);
		view.clearFilters();
		view.direction = 'server→client';
		expect(ids(view)).toEqual([2]);
		view.kind = 'request';
		expect(ids(view)).toEqual([]);
		view.clearFilters();
		view.kind = 'failed';
		expect(ids(view)).toEqual([2]);
		view.clearFilters();
		view.connection = 'elsewhere';
		expect(ids(view)).toEqual([3]);
		view.connection = 'page';
		expect(ids(view)).toEqual([1, 2]);
		expect(view.connections).toEqual(['page', 'elsewhere']);
	});

	test('keeps what is pinned when the log lets it go', () => {
		const { log, view } = opened({}, {});
		view.togglePin(log.messages[1]!);
		view.select(2);
		view.clear();
		flushSync();
		expect(view.messages).toEqual([]);
		expect(view.pinned.map(({ id }) => id)).toEqual([2]);
		expect(view.selected?.id).toBe(2);
		view.togglePin(view.pinned[0]!);
		flushSync();
		expect(view.pinned).toEqual([]);
	});

	test('exports what is shown as JSON that loses no digit', () => {
		const { view } = opened({ text: '{"id":18446744073709551615}' }, { kind: 'response', durationMs: 2 });
		view.kind = 'request';
		flushSync();
		expect(parseJson(view.export(createOutlet([])))).toMatchObject({
			ok: true,
			value: [{ kind: 'request', message: { id: 18446744073709551615n } }],
		});
	});

	test('finds the call of a connection, not one of the same id at another', () => {
		const { view } = opened({ rpcId: 3 }, { rpcId: 3, connection: 'elsewhere' });
		view.showCall(3);
		flushSync();
		expect(view.selected?.id).toBe(1);
		view.showCall(3, 'elsewhere');
		flushSync();
		expect(view.selected?.id).toBe(2);
	});
});
