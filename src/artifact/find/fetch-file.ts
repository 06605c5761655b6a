import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import { stemOf } from '../../core/stem-of';
import { sha256Hex } from '../../component/digest';
import { bringFile } from '../by-hand';
import { problemOf, type FetchProblem } from '../fetch-problem';
import type { Pulled, PullOptions } from '../oci/pull';

/** A component as it came. */
export interface FetchedComponent {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** As Wassette would name it. */
	readonly id: string;
	/** What brings the same bytes again. */
	readonly source: { readonly url: string } | { readonly oci: string } | { readonly sample: string };
	/** What came from a registry, with what came with it. */
	readonly pulled?: Pulled;
}

export type Fetched = Promise<Result<FetchedComponent, FetchProblem>>;

/** One file at an address; its bytes are held to a digest, in hex, where one is given. */
export async function fetchFile(url: string, options: PullOptions, sha256?: string): Fetched {
	const { ask, signal, onProgress } = options;
	const reply = await ask(url, { signal, onProgress, maxBytes: most.componentFileBytes });
	const file = stemOf(url) === '' ? 'component.wasm' : `${stemOf(url)}.wasm`;
	if (!reply.ok)
		return err(problemOf(reply.error, { byHand: bringFile(url, file, sha256 ?? options.sha256) }));
	const { status, bytes } = reply.value;
	if (status < 200 || status > 299)
		return err({ message: `${url} could not be fetched: the server answered ${status}. Check the address.` });
	const held = await holdBytes(bytes, sha256, url);
	return held.ok ? ok({ bytes, id: stemOf(url) || 'component', source: { url } }) : held;
}

/** Refuses bytes that are not those that a digest names, in hex; takes all where it is not known. */
export async function holdBytes(
	bytes: Uint8Array<ArrayBuffer>,
	sha256: string | undefined,
	from: string,
): Promise<Result<null, FetchProblem>> {
	if (sha256 === undefined) return ok(null);
	const came = await sha256Hex(bytes);
	return came === sha256
		? ok(null)
		: err({
				message: `What came from ${from} is not what was named: its digest is ${came}, not ${sha256}. Nothing of it was used.`,
			});
}
