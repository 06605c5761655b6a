import { itemAt } from '../../../core/item-at';
import { createHash } from 'node:crypto';
import { ownKey, type OwnKey } from './own-certificate';

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
	createHash('sha256').update(Buffer.concat(parts)).digest();
const leaf = (body: Uint8Array) => sha256(Uint8Array.of(0), body);
const node = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);

/** The body of an entry: what it is of, with what it says. */
export interface LoggedBody {
	readonly kind: string;
	readonly apiVersion: string;
	readonly spec: unknown;
}

/** A log of signatures of a test's own. */
export interface OwnLog {
	readonly key: OwnKey;
	/** In base64. */
	readonly id: string;
	/**
	 * Enters a body as the third of four entries. With a time it promises the entry, as the first generation of the log does; null is the
	 * second, which says no time.
	 */
	readonly enter: (body: LoggedBody, at: Date | null) => OwnEntry;
}

/** An entry as a bundle carries it. */
export interface OwnEntry {
	readonly logIndex: string;
	readonly logId: { readonly keyId: string };
	readonly kindVersion: { readonly kind: string; readonly version: string };
	readonly integratedTime?: string;
	readonly inclusionPromise?: { readonly signedEntryTimestamp: string };
	readonly inclusionProof: {
		readonly logIndex: string;
		readonly rootHash: string;
		readonly treeSize: string;
		readonly hashes: readonly string[];
		readonly checkpoint: { readonly envelope: string };
	};
	readonly canonicalizedBody: string;
}

/** The word of a log for its root: lines, and a signature of each of these keys under its name. */
export function checkpoint(
	lines: readonly string[],
	signers: readonly { readonly name: string; readonly key: OwnKey }[],
): string {
	const note = `${lines.join('\n')}\n`;
	const signed = signers.map(({ name, key }) => {
		const signature = Buffer.concat([sha256(key.spki).subarray(0, 4), key.sign(Buffer.from(note))]);
		return `— ${name} ${signature.toString('base64')}\n`;
	});
	return `${note}\n${signed.join('')}`;
}

/** Makes a log; the first generation signs with P-256, the second with Ed25519. */
export function ownLog(origin: string, generation: 1 | 2): OwnLog {
	const key = ownKey(generation === 1 ? 'P-256' : 'Ed25519');
	const id = sha256(key.spki);
	const others = ['first', 'second', 'fourth'].map((each) => leaf(Buffer.from(each)));
	return {
		...{ key, id: id.toString('base64') },
		enter: (body, at) => {
			const bytes = Buffer.from(JSON.stringify(body));
			const before = node(itemAt(others, 0), itemAt(others, 1));
			const root = node(before, node(leaf(bytes), itemAt(others, 2))).toString('base64');
			const lines = [origin, '4', root];
			const said = {
				body: bytes.toString('base64'),
				...(at && { integratedTime: Math.floor(at.getTime() / 1000) }),
				...{ logID: id.toString('hex'), logIndex: 2 },
			};
			return {
				...{ logIndex: '2', logId: { keyId: id.toString('base64') } },
				kindVersion: { kind: body.kind, version: body.apiVersion },
				...(at && {
					integratedTime: String(said.integratedTime),
					inclusionPromise: {
						signedEntryTimestamp: key.sign(Buffer.from(JSON.stringify(said))).toString('base64'),
					},
				}),
				inclusionProof: {
					...{ logIndex: '2', rootHash: root, treeSize: '4' },
					hashes: [itemAt(others, 2), before].map((hash) => hash.toString('base64')),
					checkpoint: { envelope: checkpoint(lines, [{ name: origin, key }]) },
				},
				canonicalizedBody: said.body,
			};
		},
	};
}
