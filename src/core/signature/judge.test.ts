import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeSignatures } from './judge';
import type { SignatureCheck } from './signer';

const by = {
	kind: 'identity',
	identity: 'https://example.com/build.yml@refs/heads/main',
	issuer: 'https://issuer.example.com',
} as const;
const holds = {
	state: 'holds',
	by,
	about: 'component',
	predicateType: null,
	predicate: null,
	madeAt: null,
} as const;
const fails = { state: 'fails', fault: 'digest', words: 'It is about other bytes.' } as const;
const byKey = { ...holds, by: { kind: 'key', fingerprint: 'ab' } } as const;
const expected = { signer: { identity: by.identity, issuer: by.issuer }, fingerprint: null };
const anyCheck = fc.constantFrom<SignatureCheck>(holds, fails, byKey, { state: 'unchecked' });

describe('signatures', () => {
	test.each<[string, readonly SignatureCheck[], typeof expected | null, string, boolean, string]>([
		['none', [], null, 'unsigned', false, 'Unsigned.'],
		[
			'one that holds, with nobody expected',
			[holds],
			null,
			'signed',
			false,
			`vouched for by ${by.issuer}. Nobody has said`,
		],
		['one that holds, by the expected', [holds], expected, 'expected', false, `Signed by ${by.identity}`],
		[
			'one that holds and one that fails, by the expected',
			[fails, holds],
			expected,
			'expected',
			false,
			by.identity,
		],
		['one that fails', [fails], null, 'misfit', true, 'does not fit. It is about other bytes.'],
		[
			'one that fails beside one that holds, with nobody expected',
			[holds, fails],
			null,
			'misfit',
			true,
			'does not fit',
		],
		['none where one is expected', [], expected, 'unsigned', true, 'It should be signed by'],
		[
			'one with another identity',
			[{ ...holds, by: { ...by, identity: 'other@example.com' } }],
			expected,
			'misfit',
			true,
			'Signed by other@example.com',
		],
		[
			'one with another issuer',
			[{ ...holds, by: { ...by, issuer: 'https://other' } }],
			expected,
			'misfit',
			true,
			'vouched for by https://other',
		],
		['one with a key where an identity is expected', [byKey], expected, 'misfit', true, 'sha256:ab'],
		[
			'one with a key that nobody named',
			[{ state: 'unchecked' }],
			null,
			'unsigned',
			false,
			'nobody has named',
		],
		[
			'one with a key that nobody named, where one is expected',
			[{ state: 'unchecked' }],
			expected,
			'unsigned',
			true,
			'should be',
		],
	])('of which there is %s are judged so', (_, checks, expectation, state, isRefused, words) => {
		const judged = judgeSignatures(checks, expectation);
		expect(judged).toMatchObject({ state, isRefused });
		expect(judged.words).toContain(words);
	});

	test('are never what was expected where nothing was', () => {
		fc.assert(
			fc.property(fc.array(anyCheck, { maxLength: 5 }), (checks) => {
				expect(judgeSignatures(checks, null).state).not.toBe('expected');
			}),
		);
	});

	test('are only what was expected where one that holds is by exactly that one', () => {
		fc.assert(
			fc.property(
				fc.array(anyCheck, { maxLength: 5 }),
				fc.constantFrom(by.identity, 'other', ''),
				(checks, identity) => {
					const judged = judgeSignatures(checks, {
						signer: { identity, issuer: by.issuer },
						fingerprint: null,
					});
					const fits = identity === by.identity && checks.includes(holds);
					expect(judged.state === 'expected').toBe(fits);
					expect(judged.isRefused).toBe(!fits);
				},
			),
		);
	});

	test('with a key are what was expected by the key’s fingerprint, and by no missing one', () => {
		const key = { signer: { key: 'PEM' }, fingerprint: 'ab' };
		expect(judgeSignatures([byKey], key).state).toBe('expected');
		expect(judgeSignatures([byKey], { ...key, fingerprint: null }).state).toBe('misfit');
		expect(judgeSignatures([holds], key).state).toBe('misfit');
	});
});
