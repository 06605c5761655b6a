import { expect, test } from 'vitest';
import { release } from './release';

test('bytes that are released are gone, and none are no trouble', () => {
	const bytes = new Uint8Array(1000);
	release(bytes);
	expect(bytes.length).toBe(0);
	release(bytes);
	release(null);
});
