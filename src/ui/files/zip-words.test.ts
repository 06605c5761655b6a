import { expect, test } from 'vitest';
import { zipWords } from './zip-words';

test('what in a zip is not as it is on the page is told, and shown as text', () => {
	expect(zipWords({ changed: [], links: 0, hidden: 0 })).toBe('');
	const changed = ['/data/..\\..\\up.txt', '/a\u202etxt.exe', '/b:c', '/d?'].map((from) => ({
		from: from.slice(1),
		to: from.slice(1).replace(/[\\:?\u202e]/g, '_'),
	}));
	const words = zipWords({ changed, links: 2, hidden: 1 });
	expect(words).toContain('4 names in the zip were changed, so that it unpacks safely on every system:');
	expect(words).toContain('data/..\\..\\up.txt is data/.._.._up.txt, ');
	expect(words).not.toContain('\u202e');
	expect(words).toContain(', and 1 more. 2 symbolic links are not in it.');
	expect(words).toContain('Values of secrets are hidden in 1 file of it.');
});
