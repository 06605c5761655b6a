import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { quietWords, RunMarker } from './run-marker';

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()));

const following = (session: string) => {
	const marker = new RunMarker();
	marker.follow(session);
	return marker;
};

describe('the marker of an unfinished run', () => {
	test('stands while a run is under way, and is gone when it ended by itself', async () => {
		const marker = following('a');
		await marker.watch({ tool: 'burn', outcome: null });
		expect(await following('a').unfinished('a')).toEqual({ tool: 'burn', why: null });
		expect(await marker.unfinished('b')).toBeNull();
		await marker.watch({ tool: 'burn', outcome: { status: 'trapped', message: 'unreachable' } });
		expect(await marker.unfinished('a')).toBeNull();
	});

	test('is gone after a result, and stays where the next run began before that', async () => {
		const marker = following('a');
		const returned = { status: 'returned', json: null, isErr: false } as const;
		await marker.watch({ tool: 'first', outcome: null });
		const forgotten = marker.watch({ tool: 'first', outcome: returned });
		await marker.watch({ tool: 'second', outcome: null });
		await forgotten;
		expect(await marker.unfinished('a')).toEqual({ tool: 'second', why: null });
		await marker.watch({ tool: 'second', outcome: returned });
		expect(await marker.unfinished('a')).toBeNull();
	});

	test('stays after a run that had to be stopped, and says why', async () => {
		const marker = following('a');
		await marker.watch({
			tool: 'burn',
			outcome: { status: 'limited', limit: 'callMs', message: 'The call ran longer than 30 s.' },
		});
		const unfinished = await marker.unfinished('a');
		expect(unfinished && quietWords(unfinished)).toMatch(/burn had to be stopped.*longer than 30 s/);
	});

	test('is not left by a session that another one replaced', async () => {
		const marker = following('a');
		await marker.watch({ tool: 'burn', outcome: null });
		await marker.watch({ tool: 'burn', outcome: 'replaced' });
		expect(await marker.unfinished('a')).toBeNull();
	});

	test('is committed, to the disk and not to a buffer, before its run begins', async () => {
		const told: unknown[] = [];
		const open = IDBDatabase.prototype.transaction;
		vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
			this: IDBDatabase,
			...of: Parameters<typeof open>
		) {
			const transaction = open.apply(this, of);
			if (of[1] === 'readwrite') {
				told.push(of[2]?.durability);
				const { commit } = transaction;
				transaction.commit = () => {
					told.push('commit');
					commit.call(transaction);
				};
			}
			return transaction;
		});
		const marker = following('a');
		await marker.watch({ tool: 'burn', outcome: null });
		expect(told).toEqual(['strict', 'commit']);
		vi.restoreAllMocks();
	});

	test('is missed by nobody where the browser keeps nothing', async () => {
		vi.stubGlobal('indexedDB', { open: () => fail() });
		const marker = following('a');
		await marker.watch({ tool: 'burn', outcome: null });
		expect(await marker.unfinished('a')).toBeNull();
	});
});

const fail = () => {
	throw new DOMException('no', 'SecurityError');
};
