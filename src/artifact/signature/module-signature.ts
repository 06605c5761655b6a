import { sha256Hex } from '../../component/digest';
import { BinaryReader, MalformedBinary } from '../../component/binary';
import { readSections } from '../../component/sections';
import { concatBytes } from '../../core/concat-bytes';
import type { SignatureCheck } from '../../core/signature/signer';
import type { PublicKey } from './public-key';

/** Hashes of one set, and signatures over all of them together. */
interface SignedHashes {
	readonly hashes: readonly Uint8Array[];
	readonly signatures: readonly Uint8Array<ArrayBuffer>[];
}

/** As many as `wasmsign2` itself reads. */
const mostHashes = 64;
const mostSignatures = 256;

/** Version 1 of the format, a WebAssembly file, SHA-256: the only ones there are. */
const format = [1, 1, 1] as const;
const ed25519 = 1;

/**
 * Checks the signature that `wasmsign2` puts into the first section of a component: the whole of what follows it has to be signed, by the key
 * that was named. Null where there is none. Without a key only the digest can be held to.
 */
export async function checkModuleSignature(
	component: Uint8Array<ArrayBuffer>,
	key: PublicKey | null,
): Promise<SignatureCheck | null> {
	const header = headerOf(component);
	if (!header) return null;
	const fails = (fault: 'form' | 'digest' | 'signature', words: string) =>
		({ state: 'fails', fault, words }) as const;
	const sets = setsIn(header.content);
	if (!sets) return fails('form', 'The signature inside the component cannot be read.');
	const found = await sha256Hex(header.rest);
	const about = sets.filter(({ hashes }) => hashes.some((hash) => hexOf(hash) === found));
	if (about.length === 0)
		return fails(
			'digest',
			`The signature inside the component is about other bytes: what follows it has the digest sha256:${found}.`,
		);
	if (!key) return { state: 'unchecked' };
	for (const { hashes, signatures } of about) {
		const message = concatBytes([new TextEncoder().encode('wasmsig'), Uint8Array.from(format), ...hashes]);
		for (const signature of signatures)
			if (await key.verify(signature, message))
				return {
					...{ state: 'holds', by: { kind: 'key', fingerprint: key.fingerprint }, about: 'component' },
					...{ predicateType: null, predicate: null, madeAt: null },
				};
	}
	return fails('signature', 'No signature inside the component is by this key.');
}

/** The signature's section, which is the first, and all that follows it. */
function headerOf(
	component: Uint8Array<ArrayBuffer>,
): { readonly content: Uint8Array; readonly rest: Uint8Array<ArrayBuffer> } | null {
	try {
		const [first] = readSections(component);
		if (first?.id !== 0 || first.name !== 'signature') return null;
		const end = first.whole.byteOffset - component.byteOffset + first.whole.length;
		return { content: first.content, rest: component.subarray(end) };
	} catch (error) {
		if (error instanceof MalformedBinary) return null;
		throw error;
	}
}

function setsIn(content: Uint8Array): readonly SignedHashes[] | null {
	try {
		const reader = new BinaryReader(content);
		if (format.some((expected) => reader.u32() !== expected)) return null;
		return listOf(reader, mostHashes, () => setIn(new BinaryReader(sliceOf(reader))));
	} catch (error) {
		if (error instanceof MalformedBinary) return null;
		throw error;
	}
}

function setIn(reader: BinaryReader): SignedHashes {
	const hashes = listOf(reader, mostHashes, () => reader.take(32));
	const signatures = listOf(reader, mostSignatures, () => {
		const inner = new BinaryReader(sliceOf(reader));
		sliceOf(inner);
		const algorithm = inner.byte();
		const signature = new Uint8Array(sliceOf(inner));
		return algorithm === ed25519 ? signature : new Uint8Array();
	});
	return { hashes, signatures };
}

function listOf<T>(reader: BinaryReader, longest: number, read: () => T): readonly T[] {
	const length = reader.u32();
	if (length > longest) throw new MalformedBinary('a list is too long');
	return Array.from({ length }, read);
}

const sliceOf = (reader: BinaryReader): Uint8Array => reader.take(reader.u32());

const hexOf = (bytes: Uint8Array): string =>
	[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
