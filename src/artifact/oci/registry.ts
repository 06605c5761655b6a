import { registryFacts, type OciReference } from '../../core/address';
import { most } from '../../core/limits';
import { err, ok, type Result } from '../../core/result';
import { sha256Hex } from '../../component/digest';
import type { AskOptions, NoReply, Reply } from '../ask';
import { bringArtifact } from '../by-hand';
import { problemOf, type FetchProblem } from '../fetch-problem';
import type { PullOptions } from './pull';
import { readChallenge, tokenFrom } from './token';

/** What is asked for: a layer, or a blob of which only the digest is known. */
interface Wanted {
	readonly digest: string;
	/** As the manifest says it; null where none does. */
	readonly size: number | null;
	/** Default the most that a component's file may have. */
	readonly maxBytes?: number;
}

/** One repository of a registry, with the token for it. */
export interface Registry {
	/** Asks for what is at a path of the repository. Every status is an answer, save the demand for a token, which is met once. */
	readonly get: (path: string, options: AskOptions) => Promise<Result<Reply, FetchProblem>>;
	/** The same for what may well not be there: null where there is no answer that can be read. */
	readonly quietly: (path: string, maxBytes: number) => Promise<Reply | null>;
	/** A blob, held to its digest and its size. */
	readonly blob: (
		wanted: Wanted,
		options: Pick<AskOptions, 'onProgress'>,
	) => Promise<Result<Uint8Array<ArrayBuffer>, FetchProblem>>;
}

/** Opens a repository. Nothing is asked yet. */
export function openRegistry(reference: OciReference, options: PullOptions): Registry {
	const { ask, shown, signal, mirrors, sha256 } = options;
	const facts = registryFacts(reference.registry, mirrors);
	const base = `${facts.api}/v2/${reference.repository}`;
	let token: string | null = null;
	let isAsked = false;

	const problem = (failure: NoReply): FetchProblem =>
		problemOf(failure, { mayLeadTo: facts.mayLeadTo, byHand: bringArtifact(reference, sha256) });

	/** Only the registry is told the token: a browser takes it away where it is led elsewhere. */
	const send = (path: string, request: AskOptions) =>
		ask(`${base}/${path}`, {
			signal,
			...request,
			headers: [
				...(request.headers ?? []),
				...(token === null ? [] : [['authorization', `Bearer ${token}`] as const]),
			],
		});

	async function fetchToken(realm: string, service: string | null): Promise<Result<null, FetchProblem>> {
		isAsked = true;
		const origin = new URL(realm).origin;
		if (!shown.includes(origin)) {
			return err({
				message: `${reference.registry} wants a token that ${origin} hands out. That host was not shown before, so it was not asked.`,
				further: { origin, mayLeadTo: null },
			});
		}
		const url = new URL(realm);
		if (service !== null) url.searchParams.set('service', service);
		url.searchParams.set('scope', `repository:${reference.repository}:pull`);
		const reply = await ask(url.href, { signal, maxBytes: 64 * 2 ** 10 });
		if (!reply.ok) return err(problem(reply.error));
		token = tokenFrom(reply.value);
		return token === null
			? err({
					message: `${origin} gave no token for ${reference.repository}: it answered ${reply.value.status}.`,
				})
			: ok(null);
	}

	async function get(path: string, request: AskOptions): Promise<Result<Reply, FetchProblem>> {
		if (facts.token && !isAsked) {
			const got = await fetchToken(facts.token.realm, facts.token.service);
			if (!got.ok) return got;
		}
		const reply = await send(path, request);
		if (!reply.ok) return err(problem(reply.error));
		if (reply.value.status !== 401 || isAsked) return ok(reply.value);
		const challenge = readChallenge(reply.value.headers.get('www-authenticate') ?? '');
		if (!challenge) {
			return err({
				message: `${reference.registry} wants a token, and does not let a page read where it hands them out.`,
				byHand: bringArtifact(reference, sha256),
			});
		}
		const got = await fetchToken(challenge.realm, challenge.service);
		if (!got.ok) return got;
		const again = await send(path, request);
		return again.ok ? ok(again.value) : err(problem(again.error));
	}

	return {
		get,
		async quietly(path, maxBytes) {
			const reply = await send(path, { maxBytes, explain: false });
			return reply.ok ? reply.value : null;
		},
		blob: (wanted, { onProgress }) => fetchBlob(get, wanted, onProgress),
	};
}

async function fetchBlob(
	get: Registry['get'],
	{ digest, size, maxBytes = most.componentFileBytes }: Wanted,
	onProgress: AskOptions['onProgress'],
): ReturnType<Registry['blob']> {
	const reply = await get(`blobs/${digest}`, { maxBytes: size ?? maxBytes, onProgress });
	if (!reply.ok) {
		return size !== null && reply.error.cause === 'too-large'
			? err(notAsNamed(digest, `it is larger than ${size} bytes`))
			: reply;
	}
	const { status, bytes } = reply.value;
	if (status !== 200)
		return err({ message: `The registry has no ${digest}: it answered ${status}. Nothing was used.` });
	if (size !== null && bytes.length !== size)
		return err(notAsNamed(digest, `it has ${bytes.length} bytes, and its manifest names ${size}`));
	const came = `sha256:${await sha256Hex(bytes)}`;
	return came === digest ? ok(bytes) : err(notAsNamed(digest, `its digest is ${came}`));
}

const notAsNamed = (digest: string, why: string): FetchProblem => ({
	message: `What the registry sent is not ${digest}: ${why}. Nothing of it was used.`,
});
