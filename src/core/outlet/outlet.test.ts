import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { worldPath } from '../file-tree';
import { most } from '../limits';
import { parseScenario, printScenario, type Scenario } from '../scenario';
import { createOutlet } from './outlet';
import { runs } from '../testing/runs';

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
	'as numbers with a sign': (value) => [...new Int8Array(Buffer.from(value))].join(','),
	'as codes': (value) => Array.from(value, (character) => character.codePointAt(0)).join(','),
	'as characters': (value) => JSON.stringify([...value]).slice(1, -1),
	'in HTML of ASCII': (value) =>
		html(value)
			.replaceAll('&#39;', "'")
			.replace(/[^\0-\x7f]/gu, (character) => `&#${character.codePointAt(0)};`),
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
				{ numRuns: runs(25) },
			);
		});
	}

	test('hides a secret whose bytes or characters a list holds one by one', () => {
		const value = 'pässwörd-😀1';
		const lists = {
			bytes: [...Buffer.from(value)],
			'bytes with a sign': [...new Int8Array(Buffer.from(value))],
			codes: Array.from(value, (character) => character.codePointAt(0)!),
			characters: [...value],
		};
		for (const [name, list] of Object.entries(lists)) {
			const hidden = outletOf(value).json<readonly unknown[]>([
				'before',
				[list[0], ...list],
			]) as readonly unknown[];
			expect(hidden, name).toHaveLength(2);
			const inside = hidden[1] as readonly (string | number)[];
			const text = inside.map((item) => (typeof item === 'string' ? item : String.fromCodePoint(item)));
			expect(text.slice(1).join(''), name).toBe('[secret TOKEN]');
			const plain = ['a', 'b', 'c', 1, -1, 300, 'ab', null];
			for (const other of [plain, plain.slice(0, 3), plain.slice(3, 6), [300, 301, 302], [1, -1, 2]])
				expect(outletOf(value).json(other)).toBe(other);
		}
	});

	test('hides the base64 of a short secret in a URL', () => {
		for (const value of ['~P=XUg', 'HZK?5k'])
			for (const around of ['', 'x', 'xy']) {
				const spelled = encodeURIComponent(Buffer.from(`${around}${value}z`).toString('base64'));
				expect(outletOf(value).text(spelled), spelled).toContain('[secret TOKEN]');
			}
	});

	test('takes a list of bytes for bytes, in which no secret stands because of the digits of one', () => {
		for (const bytes of [
			[123, 5, 123],
			[123, 250, 5],
		])
			expect(outletOf('123').json(bytes)).toBe(bytes);
		expect(outletOf('123').json([123, 5, 300])).toEqual(['[secret TOKEN]', 5, 300]);
	});

	test('hides each of two secrets that differ in their last character, in every spelling and wherever it begins', () => {
		const values = ['password1', 'password2', 'passwordq', 'Password1'];
		const outlet = createOutlet(values.map((value) => ({ key: 'TOKEN', value })));
		for (const value of values)
			for (const [name, spell] of Object.entries(carriers))
				for (const around of ['', 'x', 'xy'])
					expect(
						outlet.text(`~${spell(value, Buffer.from(around))}~`),
						`${value} ${name} behind ${around.length}`,
					).toContain('[secret TOKEN]');
	});

	test('looks through contents in turns, and finds what it finds at once', async () => {
		const secrets = [{ key: 'KEY', value: 'password-1234567' }];
		const bytes = new Uint8Array(50_000).fill(97);
		const put = (text: string, at: number) => bytes.set(Buffer.from(text), at);
		put(Buffer.from('password-1234567').toString('hex'), 5);
		put('password-1234567', 16_380);
		put(Buffer.from('xxpassword-1234567').toString('base64'), 32_760);
		const outlet = createOutlet(secrets);
		let turns = 0;
		const counted = { spent: () => true, next: async () => void turns++ };
		await outlet.ahead([bytes], counted);
		expect(turns).toBe(3);
		expect(outlet.bytes(bytes)).toEqual(createOutlet(secrets).bytes(bytes));
		expect(
			Buffer.from(outlet.bytes(bytes))
				.toString()
				.match(/\[secret KEY\]/g),
		).toHaveLength(3);
		expect(outlet.ahead([bytes], counted)).toBeNull();
		expect(createOutlet([]).ahead([bytes], counted)).toBeNull();
	});

	test('leaves a scenario that can be read, though its marks are longer than the secret', () => {
		const outlet = createOutlet([{ key: 'A_NAME_THAT_IS_LONG', value: 'abc' }]);
		const full = (length: number) => 'abc'.repeat(Math.floor(length / 3));
		const url = `https://a.example/${full(1000)}`;
		const scenario: Scenario = {
			version: 1,
			components: [
				{
					id: full(most.componentId),
					source: { file: full(most.fileName) },
					policy: full(most.policyText / 4),
				},
				{ id: 'url', source: { url }, policy: null },
				{ id: 'oci', source: { oci: `a.example/${full(400)}` }, policy: null },
			],
			world: {
				files: { [`/${full(most.nameBytes)}/${full(most.nameBytes)}`]: { symlink: full(most.pathBytes) } },
				variables: { OTHER: full(most.variableValue) },
				arguments: [full(most.argument)],
				random: { seed: full(most.seed) },
				routes: [
					{
						...{ method: full(most.method), url: `https://a.example/${'/abc'.repeat(9)}` },
						headers: [[full(most.headerName), full(most.headerValue)]],
					},
				],
			},
			calls: [
				{
					...{ tool: full(most.toolName), arguments: { [full(most.argumentName)]: 1 } },
					expect: { text: full(most.expectedText) },
				},
			],
			expectations: [
				{
					request: { kind: 'network', method: full(most.method), url: full(most.routeUrl) },
					outcome: 'deny',
				},
				{ request: { kind: 'storage', access: 'read', path: full(most.pathBytes) }, outcome: 'deny' },
				{ request: { kind: 'environment', key: full(most.variableName) }, outcome: 'deny' },
			],
		};
		expect(parseScenario(printScenario(scenario as never))).toMatchObject({ ok: true });
		const back = parseScenario(printScenario(outlet.scenario(scenario)));
		expect(back).toMatchObject({ ok: true });
		if (!back.ok) return;
		const { files } = back.value.world!;
		for (const path of Object.keys(files!)) expect(worldPath(path)).toEqual({ ok: true, value: path });
	});
});
