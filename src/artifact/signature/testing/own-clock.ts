import { createHash } from 'node:crypto';
import { identifier, integer, octets, sequence, setOf, time, within } from './der';
import { ecdsaWithSha256, nameOf, ofAuthority, ownCertificate, ownKey } from './own-certificate';

/** An authority that says when something was there (RFC 3161). */
export interface OwnClock {
	/** From the one that stamps to the root. */
	readonly chain: readonly Buffer[];
	/** That these bytes were there at this time, in base64. */
	readonly stamp: (signed: Uint8Array, at: Date) => string;
}

const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();
const sha256Algorithm = () => sequence(identifier('2.16.840.1.101.3.4.2.1'));
const timestampInfo = '1.2.840.113549.1.9.16.1.4';

/** Makes one, good between two dates. `embeds`: its stamps carry its certificates. */
export function ownClock(from: Date, until: Date, embeds = false): OwnClock {
	const [root, key] = [ownKey(), ownKey()];
	const common = { from, until, by: root, issuer: 'own clock root' };
	const rootDer = ownCertificate({
		...{ ...common, subject: 'own clock root', spki: root.spki, serial: 5, extensions: ofAuthority },
	});
	const stamps = { id: '2.5.29.37', isCritical: true, value: sequence(identifier('1.3.6.1.5.5.7.3.8')) };
	const leaf = ownCertificate({
		...{ ...common, subject: 'own clock', spki: key.spki, serial: 6, extensions: [stamps] },
	});
	return {
		chain: [leaf, rootDer],
		stamp: (signed, at) => {
			const info = sequence(
				integer(1),
				identifier('1.3.6.1.4.1.57264.2'),
				sequence(sha256Algorithm(), octets(sha256(signed))),
				integer(7),
				time(at),
			);
			const attributes = Buffer.concat([
				sequence(identifier('1.2.840.113549.1.9.3'), setOf(identifier(timestampInfo))),
				sequence(identifier('1.2.840.113549.1.9.4'), setOf(octets(sha256(info)))),
			]);
			const signer = sequence(
				integer(1),
				sequence(nameOf('own clock root'), integer(6)),
				sha256Algorithm(),
				within(0, attributes),
				ecdsaWithSha256(),
				octets(key.sign(setOf(attributes))),
			);
			const data = sequence(
				integer(3),
				setOf(sha256Algorithm()),
				sequence(identifier(timestampInfo), within(0, octets(info))),
				...(embeds ? [within(0, leaf, rootDer)] : []),
				setOf(signer),
			);
			const token = sequence(identifier('1.2.840.113549.1.7.2'), within(0, data));
			return sequence(sequence(integer(0)), token).toString('base64');
		},
	};
}
