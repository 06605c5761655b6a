import { expect, test } from 'vitest';
import { stemOf } from './stem-of';

test.each([
	['fetch.wasm', 'fetch'],
	['a.component.WASM', 'a.component'],
	['C:\\tools\\time.wasm', 'time'],
	['/tmp/dir/', 'dir'],
	['https://a.test/x/y.wasm?v=1.wasm#z', 'y'],
	['https://a.test/', ''],
	['https://a.test', ''],
	['name@1:2', 'name@1:2'],
	['', ''],
])('%s is called %s', (address, id) => {
	expect(stemOf(address)).toBe(id);
});
