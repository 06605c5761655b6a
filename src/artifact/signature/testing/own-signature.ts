import type { Certified } from './own-authority';
import type { OwnKey } from './own-certificate';
import type { OwnClock } from './own-clock';
import type { OwnLog } from './own-log';
import {
	bundleOf,
	contentPart,
	loggedBody,
	ownSigner,
	signedAt,
	signedBytes,
	statementOf,
	type OwnSigstore,
	type SignedContent,
} from './own-sigstore';

/** How a signature comes to be. Whatever is left out is as it should be. */
export interface SignatureMaking {
	readonly version?: '0.1' | '0.2' | '0.3';
	/** What the log enters; those with a 2 stand in the log's second generation and are stamped. Default `hashedrekord`. */
	readonly entered?: Parameters<typeof loggedBody>[0];
	/** Default a message for `hashedrekord`, a statement for others. */
	readonly content?: SignedContent;
	readonly who?: Partial<Certified>;
	/** Who enters the certificate in its log; null for nobody. */
	readonly certificateLog?: OwnKey | null;
	/** The log of certificates says something beside. */
	readonly hasSctExtension?: boolean;
	readonly authority?: OwnSigstore['authority'];
	readonly log?: OwnLog;
	readonly clock?: OwnClock;
	readonly enteredAt?: Date;
	/** When it is stamped; by default once where the log says no time. */
	readonly stampedAt?: readonly Date[];
	/** What is entered in the log in place of what was signed. */
	readonly loggedContent?: SignedContent;
	readonly loggedSignature?: Uint8Array;
	readonly loggedCertificate?: Uint8Array;
	/** What is stamped in place of the signature. */
	readonly stamped?: Uint8Array;
	/** What the bundle says is signed, in place of what was. */
	readonly shown?: SignedContent;
	/** The bundle's signature, in place of its own. */
	readonly signature?: Uint8Array;
}

/** A signature of these bytes as a bundle, by services of the test's own. */
export function ownSignature(sigstore: OwnSigstore, bytes: Uint8Array, making: SignatureMaking = {}) {
	const entered = making.entered ?? 'hashedrekord';
	const isSecond = entered.endsWith('2');
	const content: SignedContent =
		making.content ??
		(entered.startsWith('hashedrekord')
			? { kind: 'message', bytes }
			: { kind: 'statement', statement: statementOf(bytes) });
	const authority = making.authority ?? sigstore.authority;
	const said = making.hasSctExtension ? Uint8Array.of(0, 0, 5, 1, 2, 3, 4, 5) : undefined;
	const certified = authority.certify({ ...ownSigner, ...making.who }, making.certificateLog, said);
	const own = certified.key.sign(signedBytes(content));
	const signature = making.signature ?? own;
	const body = loggedBody(entered, {
		content: making.loggedContent ?? content,
		signature: making.loggedSignature ?? signature,
		certificate: making.loggedCertificate ?? certified.certificate,
	});
	const log = making.log ?? (isSecond ? sigstore.secondLog : sigstore.log);
	const entry = log.enter(body, isSecond ? null : (making.enteredAt ?? signedAt));
	const stampedAt = making.stampedAt ?? (isSecond ? [signedAt] : []);
	const clock = making.clock ?? sigstore.clock;
	const stamps = stampedAt.map((at) => clock.stamp(making.stamped ?? signature, at));
	const shown = contentPart(making.shown ?? content, signature);
	return bundleOf(making.version ?? '0.3', certified.certificate, [entry], shown, stamps);
}
