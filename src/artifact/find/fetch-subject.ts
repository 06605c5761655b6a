import { understand, type OciReference, type Subject } from '../../core/address';
import { err, ok, type Result } from '../../core/result';
import type { FetchProblem } from '../fetch-problem';
import { pull, type PullOptions } from '../oci/pull';
import { fetchFile, type Fetched } from './fetch-file';
import { findInFolder, findInGist } from './git-hub-files';
import { fetchRelease } from './git-hub-release';
import { fetchFromNpm } from './npm-files';
import { referenceOfPackage } from './package-reference';

/** What a person asked for by name and that is fetched: neither a sample of this site nor a link. */
export type FetchedSubject = Exclude<Subject, { kind: 'sample' | 'scenario' }>;

/** Fetches what was understood of a text, from the hosts that were shown. */
export async function fetchSubject(subject: FetchedSubject, options: PullOptions): Fetched {
	switch (subject.kind) {
		case 'oci':
			return fetchArtifact(subject.reference, {
				...{ ...options, layer: subject.layer },
				sha256: options.sha256 ?? subject.layer?.slice('sha256:'.length),
			});
		case 'url':
			return fetchFile(subject.url, options);
		case 'github':
			return then(await findInFolder(subject, options), options);
		case 'gist':
			return then(await findInGist(subject, options), options);
		case 'release':
			return fetchRelease(subject, options);
		case 'npm':
			return fetchFromNpm(subject, options);
		case 'package': {
			const reference = await referenceOfPackage(subject, options);
			return reference.ok ? fetchArtifact(reference.value, options) : reference;
		}
	}
}

async function fetchArtifact(reference: OciReference, options: PullOptions): Fetched {
	const pulled = await pull(reference, options);
	if (!pulled.ok) return pulled;
	const { artifact } = pulled.value;
	return ok({
		bytes: artifact.component.bytes,
		id: reference.repository.replaceAll('/', '_'),
		source: artifact.from,
		pulled: pulled.value,
	});
}

async function then(found: Result<string, FetchProblem>, options: PullOptions): Fetched {
	return found.ok ? fetchFile(found.value, options) : found;
}

/** What is fetched for a text, as far as it names something that is; the error is a sentence. */
export function subjectOf(text: string, mirrors: PullOptions['mirrors']): Result<FetchedSubject, string> {
	const understood = understand(text, { mirrors });
	if (!understood.ok) return understood;
	const { subject } = understood.value;
	return subject.kind === 'sample' || subject.kind === 'scenario'
		? err('This names no component that is fetched from elsewhere.')
		: ok(subject);
}
