import { sha256Hex } from '../../component/digest';
import { isRecord } from '../../core/is-record';
import { StepFailed } from './verification-step';

/** Something that a signature may be about. */
export interface SignedThing {
	readonly about: 'component' | 'manifest';
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a signed statement says of its subject (in-toto). */
export interface Statement {
	readonly predicateType: string;
	readonly predicate: unknown;
}

/** A statement as it was signed. */
export interface SignedStatement {
	readonly payloadType: string;
	readonly payload: Uint8Array;
}

/** The thing that a statement is about. Throws where it is about none of these, naming what it is about. */
export async function statementAbout(
	{ payloadType, payload }: SignedStatement,
	things: readonly SignedThing[],
): Promise<{ readonly thing: SignedThing; readonly statement: Statement }> {
	if (payloadType !== 'application/vnd.in-toto+json')
		throw new StepFailed(
			'form',
			`It is a statement of the kind ${payloadType.slice(0, 100)}, which is not read here.`,
		);
	const said = parsed(payload);
	if (!isRecord(said) || typeof said['predicateType'] !== 'string')
		throw new StepFailed('form', 'Its statement cannot be read.');
	const subjects: readonly unknown[] = Array.isArray(said['subject']) ? said['subject'] : [];
	const digests = subjects.flatMap((each) => {
		const digest = isRecord(each) && isRecord(each['digest']) ? each['digest']['sha256'] : null;
		return typeof digest === 'string' ? [digest.toLowerCase()] : [];
	});
	for (const thing of things)
		if (digests.includes(await sha256Hex(thing.bytes)))
			return {
				thing,
				statement: { predicateType: said['predicateType'], predicate: said['predicate'] ?? null },
			};
	const named =
		digests.length > 0 ? `that with the digest sha256:${digests[0]}` : 'it names none by a SHA-256 digest';
	throw new StepFailed('subject', `It is about another artifact: ${named}.`);
}

/** What the signature of a statement is over (DSSE, version 1). */
export function paeOf({ payloadType, payload }: SignedStatement): Uint8Array<ArrayBuffer> {
	const type = new TextEncoder().encode(payloadType);
	const head = new TextEncoder().encode(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `);
	const whole = new Uint8Array(head.length + payload.length);
	whole.set(head);
	whole.set(payload, head.length);
	return whole;
}

function parsed(payload: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
	} catch {
		return null;
	}
}
