import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrustedRoot } from '@freedomofpress/sigstore-browser';
import { describe, expect, test } from 'vitest';
import { isBy } from '../../core/signature/judge';
import { readBundle, signatureJson } from './bundle-form';
import { checkBundle } from './check-bundle';
import { readPublicKey } from './public-key';
import { trustedRoot } from './trusted-root';

/** The folder of a checkout of Sigstore's conformance suite, which is not part of this project; without it these tests are skipped. */
const suite = process.env['TAPEDECK_SIGSTORE_SUITE'];
const folder = suite ? join(suite, 'test', 'assets', 'bundle-verify') : null;
const defaults = {
	identity:
		'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main',
	issuer: 'https://token.actions.githubusercontent.com',
};

/** Cases that come out otherwise here, and why. */
const knownMisses: Readonly<Record<string, string>> = {
	'trust-root-tlog-validity-end-inclusive':
		'a log that was good until the very second of the entry is not taken',
	'rekor2-dsse-happy-path':
		'the library takes a statement’s entry in the log only where it is of the kind for statements',
};

async function verdictOf(name: string): Promise<'accepted' | 'refused'> {
	const at = (file: string) => join(folder!, name, file);
	const text = (file: string) => (existsSync(at(file)) ? readFileSync(at(file), 'utf8').trim() : null);
	const artifact = readFileSync(existsSync(at('artifact')) ? at('artifact') : join(folder!, 'a.txt'));
	const own = text('trusted_root.json');
	const pem = text('key.pub');
	const key = pem === null ? null : await readPublicKey(pem);
	const read = readBundle(signatureJson(readFileSync(at('bundle.sigstore.json'), 'utf8')));
	if (!read.ok) return 'refused';
	const check = await checkBundle(read.value, [{ about: 'component', bytes: new Uint8Array(artifact) }], {
		roots: own === null ? trustedRoot : (JSON.parse(own) as TrustedRoot),
		key: key?.ok ? key.value : null,
		now: Date.now(),
	});
	if (process.env['TAPEDECK_SIGSTORE_VERBOSE']) console.log(name, JSON.stringify(check).slice(0, 300));
	if (check.state !== 'holds') return 'refused';
	if (check.by.kind === 'key') return 'accepted';
	const signer = {
		identity: text('identity') ?? defaults.identity,
		issuer: text('issuer') ?? defaults.issuer,
	};
	return isBy(check.by, signer, null) ? 'accepted' : 'refused';
}

describe.skipIf(folder === null)('a case of Sigstore’s conformance suite', () => {
	const names = folder
		? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
		: [];

	test.each(names.map(({ name }) => name))('comes out as it should: %s', async (name) => {
		const wanted = name.endsWith('_fail') ? 'refused' : 'accepted';
		const verdict = await verdictOf(name);
		if (name in knownMisses) expect(verdict, 'a known miss that is none any more').not.toBe(wanted);
		else expect(verdict).toBe(wanted);
	});
});
