import { describe, expect, test } from 'vitest';
import { judgeSignatures } from '../../core/signature/judge';
import { checkSignatures } from './check-signatures';
import { ownAuthority } from './testing/own-authority';
import { ownKey } from './testing/own-certificate';
import { ownClock } from './testing/own-clock';
import { ownLog } from './testing/own-log';
import { ownSignature, type SignatureMaking } from './testing/own-signature';
import { ownSigner, ownSigstore, signedAt, statementOf } from './testing/own-sigstore';

const sigstore = ownSigstore();
const bytes = new TextEncoder().encode('the bytes of a component');
const others = new TextEncoder().encode('other bytes');
const { identity, issuer } = ownSigner;
const inAnHour = new Date(signedAt.getTime() + 3_600_000);
const [from, until] = [new Date('2020-01-01'), new Date('2040-01-01')];

/** Every form that a signature by a person may have. */
const forms: readonly (readonly [string, SignatureMaking])[] = [
	['a bundle 0.1', { version: '0.1' }],
	['a bundle 0.2', { version: '0.2' }],
	['a bundle 0.3', {}],
	['a bundle 0.3 with a timestamp too', { stampedAt: [signedAt] }],
	['a statement', { entered: 'dsse' }],
	['an older statement', { entered: 'intoto', version: '0.2' }],
	['a bundle of the second log', { entered: 'hashedrekord 2' }],
	['a statement of the second log', { entered: 'dsse 2' }],
	[
		'a statement that the second log has as what was signed',
		{ entered: 'hashedrekord 2', content: { kind: 'statement', statement: statementOf(bytes) } },
	],
];
const isStatement = ({ entered, content }: SignatureMaking): boolean =>
	content?.kind === 'statement' || (entered !== undefined && !entered.startsWith('hashedrekord'));
const isStamped = ({ entered, stampedAt }: SignatureMaking): boolean =>
	stampedAt !== undefined || entered?.endsWith('2') === true;

async function checkOf(text: string, component: Uint8Array<ArrayBuffer> = bytes) {
	const { checks } = await checkSignatures(
		{ bytes: component, manifest: null, signatures: [text] },
		{ signer: null, now: Date.parse('2027-01-01'), roots: sigstore.roots },
	);
	expect(checks).toHaveLength(1);
	return checks[0] as (typeof checks)[number];
}

const checkMade = (making: SignatureMaking, component?: Uint8Array<ArrayBuffer>) =>
	checkOf(JSON.stringify(ownSignature(sigstore, bytes, making)), component);

/** A text of base64 whose byte at this place, from the end where it is negative, is another. */
function altered(text: string, place: number): string {
	const changed = Buffer.from(text, 'base64');
	const at = place < 0 ? changed.length + place : place;
	changed[at] = (changed[at] as number) ^ 0x01;
	return changed.toString('base64');
}

describe.each(forms)('%s', (_, making) => {
	test('holds, by whom its certificate says', async () => {
		expect(await checkMade(making)).toMatchObject({
			...{ state: 'holds', by: { kind: 'identity', identity, issuer }, about: 'component' },
			madeAt: signedAt.getTime(),
		});
	});

	test('with other bytes fails by its digest, or by its subject', async () => {
		expect(await checkMade(making, others)).toMatchObject(
			isStatement(making)
				? { fault: 'subject', words: expect.stringContaining('It is about another artifact: that with') }
				: { fault: 'digest', words: expect.stringContaining('It is about other bytes: those with') },
		);
	});

	test('with another signature fails by its signature', async () => {
		const content = making.content ?? { kind: 'message', bytes: others };
		const wrong = ownKey().sign(content.kind === 'message' ? content.bytes : others);
		expect(await checkMade({ ...making, signature: wrong })).toMatchObject({
			fault: 'signature',
			words: 'The signature is not one of these bytes by this key.',
		});
	});

	test.each<[string, SignatureMaking, string]>([
		[
			'by an authority that nobody knows',
			{ authority: ownAuthority(from, until), certificateLog: sigstore.authority.log },
			'Its certificate is not by an authority that is known here.',
		],
		[
			'that no log entered',
			{ certificateLog: null },
			'Its certificate is in no public log of certificates that is known here.',
		],
		[
			'that a log entered which nobody knows',
			{ certificateLog: ownKey() },
			'Its certificate is in no public log of certificates that is known here.',
		],
	])('with a certificate %s fails by its certificate', async (__, change, words) => {
		expect(await checkMade({ ...making, ...change })).toMatchObject({ fault: 'certificate', words });
	});

	test.each([
		['in its own signature', 'as its signature has it'],
		['in whom it names', identity],
	])('with a certificate altered %s fails by its certificate', async (__, where) => {
		const bundle = ownSignature(sigstore, bytes, making);
		const { certificate, x509CertificateChain: chain } = bundle.verificationMaterial as {
			certificate?: { rawBytes: string };
			x509CertificateChain?: { certificates: { rawBytes: string }[] };
		};
		const raw = (certificate ?? chain?.certificates[0])?.rawBytes as string;
		const place = where === identity ? Buffer.from(raw, 'base64').indexOf(identity) : -1;
		const text = JSON.stringify(bundle).replaceAll(raw, altered(raw, place));
		expect(await checkOf(text)).toMatchObject({
			fault: 'certificate',
			words: 'Its certificate is not by an authority that is known here.',
		});
	});

	test.each<[string, SignatureMaking, string]>([
		[
			'a log that nobody knows',
			{ log: ownLog('unknown.own.test', making.entered?.endsWith('2') ? 2 : 1) },
			'The public log',
		],
		[
			'an entry of another certificate',
			{ loggedCertificate: sigstore.authority.certify(ownSigner).certificate },
			'The entry of the public log names another certificate.',
		],
		[
			'an entry of other bytes',
			{
				loggedContent: isStatement(making)
					? { kind: 'statement', statement: statementOf(others) }
					: { kind: 'message', bytes: others },
			},
			'The entry of the public log is about something else.',
		],
		[
			'an entry of another signature',
			{ loggedSignature: ownKey().sign(bytes) },
			'The entry of the public log is about something else.',
		],
	])('with %s fails by its log entry', async (__, change, words) => {
		expect(await checkMade({ ...making, ...change })).toMatchObject({
			fault: 'log entry',
			words: expect.stringContaining(words),
		});
	});

	test('with a time outside the certificate’s fails by its time', async () => {
		const late = isStamped(making) ? { stampedAt: [inAnHour] } : { enteredAt: inAnHour };
		const check = await checkMade({ ...making, ...late });
		expect(check).toMatchObject({
			fault: 'time',
			words: expect.stringContaining(
				`It was made at ${inAnHour.toISOString()}, and its certificate was valid`,
			),
		});
	});

	test('with a time that is yet to come fails by its time', async () => {
		const at = new Date('2030-03-01T12:01:00Z');
		const who = { from: new Date('2030-03-01T12:00:00Z'), until: new Date('2030-03-01T12:10:00Z') };
		const late = isStamped(making) ? { stampedAt: [at], enteredAt: at } : { enteredAt: at };
		expect(await checkMade({ ...making, who, ...late })).toMatchObject({
			fault: 'time',
			words: expect.stringContaining('which is yet to come'),
		});
	});

	test('is signed by whoever it is by, and by nobody expected', async () => {
		const text = JSON.stringify(ownSignature(sigstore, bytes, making));
		const judgedBy = async (signer: { identity: string; issuer: string } | null) => {
			const { checks, expectation } = await checkSignatures(
				{ bytes, manifest: null, signatures: [text] },
				{ signer, now: Date.parse('2027-01-01'), roots: sigstore.roots },
			);
			return judgeSignatures(checks, expectation);
		};
		expect(await judgedBy(null)).toMatchObject({ state: 'signed', isRefused: false });
		expect(await judgedBy({ identity, issuer })).toMatchObject({ state: 'expected' });
		const other = await judgedBy({ identity: `${identity}x`, issuer });
		expect(other).toMatchObject({ state: 'misfit', isRefused: true });
		expect(other.words).toContain(`Signed by ${identity}, vouched for by ${issuer}.`);
		expect(await judgedBy({ identity, issuer: 'https://else' })).toMatchObject({ state: 'misfit' });
	});
});

describe('an entry of the log, altered', () => {
	/** A good bundle with its entry changed. */
	const withEntry = (making: SignatureMaking, change: (entry: Record<string, never>) => void) => {
		const bundle = structuredClone(ownSignature(sigstore, bytes, making));
		change(bundle.verificationMaterial.tlogEntries[0] as unknown as Record<string, never>);
		return checkOf(JSON.stringify(bundle));
	};
	interface Entry {
		integratedTime: string;
		inclusionPromise: { signedEntryTimestamp: string };
		inclusionProof: { hashes: string[]; rootHash: string; checkpoint: { envelope: string } };
	}
	const later = String(signedAt.getTime() / 1000 + 60);

	test.each<[string, SignatureMaking, (entry: Entry) => void, string, string]>([
		[
			'in its promise',
			{ version: '0.1' },
			({ inclusionPromise }) => {
				inclusionPromise.signedEntryTimestamp = altered(inclusionPromise.signedEntryTimestamp, -1);
			},
			'log entry',
			'The public log did not promise this entry, or not for this time.',
		],
		[
			'in its time, which is all that vouches for it',
			{ version: '0.1' },
			(entry) => {
				entry.integratedTime = later;
			},
			'log entry',
			'The public log did not promise this entry, or not for this time.',
		],
		[
			'in its time, which is proven to be in the log',
			{},
			(entry) => {
				entry.integratedTime = later;
			},
			'time',
			'The public log does not vouch for the time that its entry says.',
		],
		[
			'in its proof',
			{},
			({ inclusionProof }) => {
				inclusionProof.hashes[0] = altered(inclusionProof.hashes[0] as string, 0);
			},
			'log entry',
			'The public log is not proven to hold this entry.',
		],
		[
			'in its proof, of the second log',
			{ entered: 'hashedrekord 2' },
			({ inclusionProof }) => {
				inclusionProof.hashes[0] = altered(inclusionProof.hashes[0] as string, 0);
			},
			'log entry',
			'The public log is not proven to hold this entry.',
		],
		[
			'in the log’s word for its root',
			{ entered: 'hashedrekord 2' },
			({ inclusionProof: { checkpoint } }) => {
				checkpoint.envelope = checkpoint.envelope.replace('\n4\n', '\n5\n');
			},
			'log entry',
			'The public log is not proven to hold this entry.',
		],
	])('%s fails by its own name', async (_, making, change, fault, words) => {
		expect(await withEntry(making, change as never)).toMatchObject({ state: 'fails', fault, words });
	});
});

describe('a timestamp', () => {
	const second = { entered: 'hashedrekord 2' } as const;
	const unknown = 'Its timestamp is by no authority that is known here, or is of another signature.';

	test.each<[string, SignatureMaking, string]>([
		['by nobody who is known', { clock: ownClock(from, until) }, unknown],
		['of another signature', { stamped: others }, unknown],
		['by one who was not yet trusted', { stampedAt: [new Date('2019-01-01')] }, unknown],
		['that is there twice', { stampedAt: [signedAt, signedAt] }, unknown],
		['of which one is too late', { stampedAt: [signedAt, inAnHour] }, 'and its certificate was valid'],
		['that is missing', { stampedAt: [] }, 'Nobody says when it was made'],
	])('%s fails a signature by its time', async (_, change, words) => {
		const check = await checkMade({ ...second, ...change });
		expect(check).toMatchObject({ state: 'fails', words: expect.stringContaining(words) });
		if (change.stampedAt?.length !== 0) expect(check).toMatchObject({ fault: 'time' });
	});
});
