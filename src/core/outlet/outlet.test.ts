import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOutlet } from './outlet';

/** Values that secrets have: with quotes, backslashes, line breaks, emoji, and 32 random bytes as keys are given out. */
export const secretValue = fc
	.oneof(
		fc.string({ minLength: 3, maxLength: 40 }),
		fc.string({ unit: 'binary', minLength: 3, maxLength: 20 }),
		fc.string({
			unit: fc.constantFrom('"', '\\', '\n', "'", '/', '&', '<', ' ', '+', 'a', '😀', 'é'),
			minLength: 3,
			maxLength: 24,
		}),
		fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
		fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64')),
		fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex')),
	)
	.filter((value) => value.trim().length >= 3);

const json = (text: string) => JSON.stringify(text).slice(1, -1);
const ascii = (text: string) =>
	json(text).replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
const html = (text: string) =>
	text.replace(
		/[&<>"']/g,
		(char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? '&#39;',
	);

/** What a carrier makes of a value, by what it is called. */
const carriers: Readonly<Record<string, (value: string, around: Uint8Array) => string>> = {
	'as it is': (value) => value,
	'in JSON': json,
	'in JSON of ASCII': ascii,
	'in JSON in JSON': (value) => json(json(value)),
	'in JSON in JSON in JSON': (value) => json(json(json(value))),
	'in HTML': html,
	'in a part of a URL': encodeURIComponent,
	'in a part of a URL, in small letters': (value) =>
		encodeURIComponent(value).replace(/%../g, (digits) => digits.toLowerCase()),
	'in a URL': encodeURI,
	'in a form': (value) => new URLSearchParams({ q: value }).toString().slice(2),
	'in a query, as a URL parser writes it': (value) =>
		new URL(`https://a.example/?q=${value.replace(/[#&]/g, '')}|`).search.slice(3, -1),
	'in a query in JSON': (value) => encodeURIComponent(json(value)),
	'in base64': (value, around) => base64(value, around, 'base64'),
	'in base64 of URLs': (value, around) => base64(value, around, 'base64url'),
	'in base64 of JSON': (value, around) => base64(json(value), around, 'base64'),
	'in hex': (value) => Buffer.from(value).toString('hex'),
	'in HEX': (value) => Buffer.from(value).toString('hex').toUpperCase(),
	'in a header': (value) => Buffer.from(value).toString('latin1'),
	'as numbers': (value) => [...Buffer.from(value)].join(','),
};

const base64 = (value: string, around: Uint8Array, encoding: BufferEncoding) =>
	Buffer.concat([around, Buffer.from(value), around]).toString(encoding);

const outletOf = (value: string) => createOutlet([{ key: 'TOKEN', value }]);

describe('an outlet', () => {
	for (const [name, spell] of Object.entries(carriers)) {
		test(`hides a secret ${name}`, () => {
			fc.assert(
				fc.property(
					secretValue.filter((value) => !/\p{Surrogate}/u.test(value)),
					fc.uint8Array({ minLength: 0, maxLength: 4 }),
					fc.constantFrom('', '§ ', '~"'),
					(value, around, before) => {
						// A URL parser and a form leave these out.
						const secret = name.includes('parser') ? value.replace(/[#&]/g, '') : value;
						fc.pre(secret.trim().length >= 3);
						const spelled = spell(secret, around);
						const hidden = outletOf(secret).text(`${before}${spelled}!`);
						expect(hidden).toContain('[secret TOKEN]');
						if (name.includes('base64')) {
							const kept = hidden.replaceAll('[secret TOKEN]', '');
							// At most what stood around it is left.
							expect(kept.length).toBeLessThanOrEqual(
								before.length + 1 + 2 * Math.ceil((around.length * 4) / 3) + 4,
							);
						} else expect(hidden.replace('[secret TOKEN]', '')).toBe(`${before}!`);
					},
				),
				{ numRuns: 25 },
			);
		});
	}
});
