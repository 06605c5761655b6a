import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrustedRoot } from '@freedomofpress/sigstore-browser';
import { describe, expect, test } from 'vitest';
import { judgeSignatures } from '../../core/signature/judge';
import type { Signer } from '../../core/signature/signer';
import { checkSignatures } from './check-signatures';
import { ownCases } from './testing/own-cases';
import { ownSigner } from './testing/own-sigstore';
import { trustedRoot } from './trusted-root';

/** The folder of a checkout of Sigstore's conformance suite, which is not part of this project. Without it its cases are checked as they are made anew here. */
const suite = process.env['TAPEDECK_SIGSTORE_SUITE'];
const folder = suite ? join(suite, 'test', 'assets', 'bundle-verify') : null;
const defaults = {
	identity:
		'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main',
	issuer: 'https://token.actions.githubusercontent.com',
};

/** Cases of theirs that come out otherwise here, with why. One that is missed and not listed fails, and so does one that is listed and not missed. */
const knownMisses: Readonly<Record<string, string>> = {};

/** Who signed in the cases that are made here. */
const ownExpected = { identity: ownSigner.identity, issuer: ownSigner.issuer };

async function verdictOf(
	text: string,
	component: Uint8Array<ArrayBuffer>,
	{
		roots,
		pem,
		signer,
	}: { readonly roots: TrustedRoot; readonly pem: string | null; readonly signer: Signer },
): Promise<'accepted' | 'refused'> {
	const { checks, expectation } = await checkSignatures(
		{ bytes: component, manifest: null, signatures: [text] },
		{ signer: pem === null ? signer : { key: pem }, now: Date.now(), roots },
	);
	return judgeSignatures(checks, expectation).state === 'expected' ? 'accepted' : 'refused';
}

function verdictOfTheirs(name: string): Promise<'accepted' | 'refused'> {
	const at = (file: string) => join(folder!, name, file);
	const text = (file: string) => (existsSync(at(file)) ? readFileSync(at(file), 'utf8').trim() : null);
	const artifact = readFileSync(existsSync(at('artifact')) ? at('artifact') : join(folder!, 'a.txt'));
	const own = text('trusted_root.json');
	return verdictOf(readFileSync(at('bundle.sigstore.json'), 'utf8'), new Uint8Array(artifact), {
		roots: own === null ? trustedRoot : (JSON.parse(own) as TrustedRoot),
		pem: text('key.pub'),
		signer: {
			identity: text('identity') ?? defaults.identity,
			issuer: text('issuer') ?? defaults.issuer,
		},
	});
}

const wantedOf = (name: string) => (name.endsWith('_fail') ? 'refused' : 'accepted');

describe('a case of Sigstore’s conformance suite, made anew', () => {
	test.each(Object.entries(ownCases))('comes out as it should: %s', async (name, make) => {
		const { text, component, roots, key } = make();
		expect(await verdictOf(text, component, { roots, pem: key, signer: ownExpected })).toBe(wantedOf(name));
	});
});

describe.skipIf(folder === null)('a case of Sigstore’s conformance suite, as it stands there', () => {
	const names = folder
		? readdirSync(folder, { withFileTypes: true })
				.filter((entry) => entry.isDirectory())
				.map(({ name }) => name)
		: [];

	test.each(names)('comes out as it should: %s', async (name) => {
		const [verdict, wanted] = [await verdictOfTheirs(name), wantedOf(name)];
		if (name in knownMisses) expect(verdict, 'a known miss that is none any more').not.toBe(wanted);
		else expect(verdict).toBe(wanted);
	});

	test('is made anew too', () => {
		expect(names.filter((name) => !(name in ownCases))).toEqual([]);
	});
});
