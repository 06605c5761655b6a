import { toBase64 } from '../../core/base64';

/** The kind of text that a signature of cosign's is kept as here: what was signed, and what stood beside it in the manifest. */
export const cosignMediaType = 'application/vnd.dev.cosign.simplesigning.v1+json';

/** A layer of a signature's manifest as one text, which `readCosign` reads. */
export const cosignText = (payload: Uint8Array, annotations: Readonly<Record<string, string>>): string =>
	JSON.stringify({ mediaType: cosignMediaType, payload: toBase64(payload), annotations });
