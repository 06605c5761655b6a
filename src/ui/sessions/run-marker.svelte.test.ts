import { afterEach, describe, expect, test } from 'vitest';
import { quietWords, RunMarker } from './run-marker';

afterEach(() => localStorage.clear());

const following = (session: string) => {
	const marker = new RunMarker();
	marker.follow(session);
	return marker;
};

describe('the marker of an unfinished run', () => {
	test('stands while a run is under way, and is gone when it ended by itself', () => {
		const marker = following('a');
		marker.watch({ tool: 'burn', outcome: null });
		expect(following('a').unfinished('a')).toEqual({ tool: 'burn', why: null });
		expect(marker.unfinished('b')).toBeNull();
		marker.watch({ tool: 'burn', outcome: { status: 'trapped', message: 'unreachable' } });
		expect(marker.unfinished('a')).toBeNull();
	});

	test('stays after a run that had to be stopped, and says why', () => {
		const marker = following('a');
		marker.watch({
			tool: 'burn',
			outcome: { status: 'limited', limit: 'callMs', message: 'The call ran longer than 30 s.' },
		});
		const unfinished = marker.unfinished('a');
		expect(unfinished && quietWords(unfinished)).toMatch(/burn had to be stopped.*longer than 30 s/);
	});

	test('is not left by a session that another one replaced', () => {
		const marker = following('a');
		marker.watch({ tool: 'burn', outcome: null });
		marker.watch({ tool: 'burn', outcome: 'replaced' });
		expect(marker.unfinished('a')).toBeNull();
	});

	test('that cannot be read is none', () => {
		localStorage.setItem('tapedeck:run:a', '{');
		expect(new RunMarker().unfinished('a')).toBeNull();
	});
});
