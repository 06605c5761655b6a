import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cannedHttp } from '../canned-http';
import { instantiate } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('pages.wasm', import.meta.url)));
const text = '# The archive\n\n## Tapes\nA tape is a tape. TAPE!\n#no heading\n';

test('pages hands a page out as a resource that answers for it', async () => {
	const http = cannedHttp([{ url: 'https://a.example/', body: text }]);
	const exports = await instantiate(bytes, { imports: http.imports });
	const page = exports['tapedeck:pages/library@0.1.0'].open('https://a.example/');
	expect(page.title()).toBe('The archive');
	expect(page.headings()).toEqual([
		{ level: 1, text: 'The archive' },
		{ level: 2, text: 'Tapes' },
	]);
	expect(page.count('tape')).toBe(3);
	expect(exports.title('https://a.example/')).toBe('The archive');
});
