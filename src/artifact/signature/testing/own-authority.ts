import { createHash } from 'node:crypto';
import { identifier, octets, sequence, tagged, utf8 } from './der';
import {
	ofAuthority,
	ownCertificate,
	ownKey,
	unsignedCertificate,
	type Extension,
	type OwnKey,
} from './own-certificate';

/** Somebody who is to be certified. */
export interface Certified {
	readonly identity: string;
	/** Who vouches for the identity. */
	readonly issuer: string;
	readonly from: Date;
	readonly until: Date;
}

/** A log of certificates, and an authority that enters in it what it makes. */
export interface OwnAuthority {
	/** A certificate with its key. `log` is who is to have entered it; null for nobody. `said` is what that log says beside. */
	readonly certify: (
		who: Certified,
		log?: OwnKey | null,
		said?: Uint8Array,
	) => { readonly key: OwnKey; readonly certificate: Buffer };
	/** From the one that signs to the root. */
	readonly chain: readonly Buffer[];
	readonly log: OwnKey;
}

const signsCode: Extension = { id: '2.5.29.37', value: sequence(identifier('1.3.6.1.5.5.7.3.3')) };
// A digital signature.
const signs: Extension = {
	id: '2.5.29.15',
	isCritical: true,
	value: tagged(0x03, Uint8Array.of(7, 0x80)),
};

/** Makes an authority that certifies signers, good for the years of these two dates. */
export function ownAuthority(from: Date, until: Date): OwnAuthority {
	const [root, middle, log] = [ownKey(), ownKey(), ownKey()];
	const common = { from, until, extensions: ofAuthority, by: root, issuer: 'own root' };
	const rootDer = ownCertificate({ ...common, subject: 'own root', spki: root.spki, serial: 1 });
	const middleDer = ownCertificate({ ...common, subject: 'own middle', spki: middle.spki, serial: 2 });
	let serial = 10;
	return {
		chain: [middleDer, rootDer],
		log,
		certify: (who, enteredBy = log, said = new Uint8Array()) => {
			const key = ownKey();
			const parts = {
				...{ subject: '', issuer: 'own middle', by: middle, spki: key.spki },
				...{ from: who.from, until: who.until, serial: (serial += 1) },
				extensions: [
					signs,
					signsCode,
					{ id: '2.5.29.17', isCritical: true, value: sequence(tagged(0x86, Buffer.from(who.identity))) },
					{ id: '1.3.6.1.4.1.57264.1.8', value: utf8(who.issuer) },
				],
			};
			const entered =
				enteredBy &&
				entryOf(enteredBy, unsignedCertificate(parts), { issuer: middle.spki, at: who.from, said });
			const extensions = entered ? [...parts.extensions, entered] : parts.extensions;
			return { key, certificate: ownCertificate({ ...parts, extensions }) };
		},
	};
}

const numberOf = (value: number | bigint, width: number): Buffer =>
	Buffer.from(value.toString(16).padStart(2 * width, '0'), 'hex');

/** What a log of certificates says of one that it entered (RFC 6962, 3.2 and 3.3). */
function entryOf(
	log: OwnKey,
	unsigned: Uint8Array,
	{ issuer, at, said }: { readonly issuer: Uint8Array; readonly at: Date; readonly said: Uint8Array },
): Extension {
	const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();
	const [when, beside] = [numberOf(at.getTime(), 8), Buffer.concat([numberOf(said.length, 2), said])];
	const signature = log.sign(
		Buffer.concat([
			...[Uint8Array.of(0, 0), when, Uint8Array.of(0, 1)],
			...[sha256(issuer), numberOf(unsigned.length, 3), unsigned, beside],
		]),
	);
	const entry = Buffer.concat([
		...[Uint8Array.of(0), sha256(log.spki), when, beside],
		...[Uint8Array.of(4, 3), numberOf(signature.length, 2), signature],
	]);
	const list = Buffer.concat([numberOf(entry.length + 2, 2), numberOf(entry.length, 2), entry]);
	return { id: '1.3.6.1.4.1.11129.2.4.2', value: octets(list) };
}
