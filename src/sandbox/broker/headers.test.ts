import { expect, test } from 'vitest';
import { sortHeaders } from './headers';

test('headers are sorted by what a browser would do with them', () => {
	expect(
		sortHeaders([
			['Accept', 'text/plain'],
			['User-Agent', 'guest'],
			['Cookie', 'a=b'],
			['Sec-Fetch-Mode', 'navigate'],
			['content-length', '4'],
			['X-Sec', '1'],
		]),
	).toEqual({
		sent: [
			['Accept', 'text/plain'],
			['X-Sec', '1'],
		],
		dropped: ['user-agent'],
		refused: ['cookie', 'sec-fetch-mode'],
	});
});
