import type { Result } from '../core/result';

/**
 * Reads a blob by its digest (`sha256:…`), of at most so many bytes: from an archive or a registry. What is given is what the digest names, or
 * the error says why not.
 */
export type ReadBlob = (digest: string, maxBytes: number) => Promise<Result<Uint8Array<ArrayBuffer>, string>>;
