import { seal } from '../core/outlet/outgoing';
import { describe, expect, test } from 'vitest';
import { parseArchive, printArchive, type Archive } from './session-archive';

const archive: Archive = {
	sessions: [
		{
			name: 'Mine',
			savedAt: 5,
			scenario: {
				version: 1,
				components: [
					{ id: 'a', source: { file: 'a.wasm' }, sha256: 'a'.repeat(64), policy: 'version: "1.0"\n' },
				],
				calls: [{ tool: 't', arguments: { big: 2n ** 60n } }],
			},
		},
		{ name: null, savedAt: 6, scenario: { version: 1, components: [] } },
	],
	bytes: new Map([['a'.repeat(64), Uint8Array.of(0, 97, 115, 109)]]),
};

describe('an export of sessions', () => {
	test('comes back whole', () => {
		expect(parseArchive(printArchive(seal(archive)))).toEqual({ ok: true, value: archive });
	});

	test.each([
		['text', 'hello', 'does not parse'],
		['a scenario', '{"version":1,"components":[]}', 'not an export'],
		['a version to come', '{"tapedeck":"sessions","version":2,"sessions":[]}', 'newer'],
		[
			'a session that is none',
			'{"tapedeck":"sessions","version":1,"sessions":[{"scenario":5}]}',
			'Session 1',
		],
		[
			'a component that is no base64url',
			'{"tapedeck":"sessions","version":1,"sessions":[],"components":{"x":"AAAA"}}',
			'damaged',
		],
		[
			'a prototype',
			'{"tapedeck":"sessions","version":1,"sessions":[],"components":{"__proto__":"AAAA"}}',
			'damaged',
		],
	])('that holds %s is refused', (_name, text, words) => {
		const result = parseArchive(text);
		expect(result.ok ? null : result.error).toContain(words);
	});
});
