import { describe, expect, test } from 'vitest';
import { importKey, isProvided, refuseNames } from './external-names';

describe('the key of an import', () => {
	test.each([
		['wasi:io/streams@0.2.0', 'wasi:io/streams'],
		['wasi:io/streams@0.2.12', 'wasi:io/streams'],
		['wasi:config/store@0.2.0-draft', 'wasi:config/store'],
		['wasi:config/store@0.2.0-rc.1', 'wasi:config/store'],
		['wasi:logging/logging@0.1.0-draft', 'wasi:logging/logging'],
		['wasi:logging/logging', 'wasi:logging/logging'],
		['wasi:cli/run@0.3.0', 'wasi:cli/run@0.3'],
		['wasi:cli/stdout@0.3.2', 'wasi:cli/stdout@0.3'],
		['wasi:cli/stdout@0.3.0-rc-2026-01-06', 'wasi:cli/stdout@0.3.0-rc-2026-01-06'],
		['wasi:io/streams@0.2.0-rc-2023-11-10', 'wasi:io/streams@0.2.0-rc-2023-11-10'],
		['wasi:io/poll@0.3.0', 'wasi:io/poll@0.3.0'],
		['wasi:http/incoming-handler@0.2.0', 'wasi:http/incoming-handler@0.2.0'],
		['wasi:keyvalue/store@0.2.0-draft', 'wasi:keyvalue/store@0.2.0-draft'],
		['acme:x/y@1.0.0', 'acme:x/y@1.0.0'],
		['log', 'log'],
	])('%s is %s', (name, key) => {
		expect(importKey(name)).toBe(key);
		expect(isProvided(name)).toBe(name !== key || name === 'wasi:logging/logging');
	});
});

describe('names of imports and exports', () => {
	test.each([['webidl:dom/window@1.0.0'], ['a:b/c"d'], ['a`'], ['a\\b'], ['é']])('%s is refused', (name) => {
		expect(refuseNames([name], [])).not.toBeNull();
		expect(refuseNames([], [name])).not.toBeNull();
	});

	test('of ordinary components are accepted', () => {
		expect(
			refuseNames(['wasi:io/poll@0.2.0', 'log'], ['[method]counter.get', 'a:b/c@1.0.0-rc.1+x']),
		).toBeNull();
	});
});
