import { isDigest } from '../artifact';
import { err, ok, type Result } from '../result';

/** A reference to an artifact in an OCI registry. */
export interface OciReference {
	/** As it is written: `ghcr.io`, `127.0.0.1:5000`, `docker.io`. */
	readonly registry: string;
	/** With the folder that Docker Hub puts its own in. */
	readonly repository: string;
	/** Null where only a digest is given. */
	readonly tag: string | null;
	/** `sha256:…` of the manifest; null where only a tag is given. */
	readonly digest: string | null;
}

const dockerHub = 'docker.io';
const segment = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;

/** Whether the first part of a reference is a host: docker's rule, by which every other first part is one of Docker Hub's. */
const isHost = (part: string) => /[.:]/.test(part) || part === 'localhost';

/**
 * Reads a reference as docker, oras and Wassette do: without a host it is one of Docker Hub, without a tag and a digest it is `latest`. The
 * error is a sentence.
 */
export function readOciReference(text: string): Result<OciReference, string> {
	const [beforeDigest = '', digest, ...more] = text.split('@');
	if (more.length > 0 || (digest !== undefined && !isDigest(digest.toLowerCase())))
		return err('Its digest is not one: after @ there are sha256: and 64 hexadecimal digits.');
	const slash = beforeDigest.indexOf('/');
	const first = slash < 0 ? '' : beforeDigest.slice(0, slash);
	const [written, path] = isHost(first) ? [first, beforeDigest.slice(slash + 1)] : [dockerHub, beforeDigest];
	const registry = written.toLowerCase();
	if (!isRegistry(registry)) return err(`${written} is no host and port of a registry.`);
	const [name = '', tag, ...rest] = path.split(':');
	if (rest.length > 0 || (tag !== undefined && !tagForm.test(tag)))
		return err('Its tag is not one: a tag has letters, digits, dots, dashes and underscores, at most 128.');
	const repository = registry === dockerHub && !name.includes('/') ? `library/${name}` : name;
	if (repository.length > 255 || !repository.split('/').every((part) => segment.test(part))) {
		return err(
			name !== name.toLowerCase()
				? `Names of repositories are in lower case: ${name.toLowerCase()}.`
				: `${name === '' ? 'It' : name} names no repository.`,
		);
	}
	return ok({
		registry: registry === 'index.docker.io' ? dockerHub : registry,
		repository,
		tag: tag ?? (digest === undefined ? 'latest' : null),
		digest: digest?.toLowerCase() ?? null,
	});
}

function isRegistry(registry: string): boolean {
	const url = URL.parse(`https://${registry}`);
	return url !== null && url.host !== '' && `https://${registry}/` === withPort(url, registry);
}

/** A URL leaves out the usual port; a reference may write it. */
const withPort = (url: URL, registry: string) =>
	registry.endsWith(':443') && url.port === '' ? `https://${url.hostname}:443/` : url.href;

/** The reference as it is written, `host/repository:tag@digest`; without the digest where that is not wanted. */
export function printOciReference(
	{ registry, repository, tag, digest }: OciReference,
	{ pinned = true }: { readonly pinned?: boolean } = {},
): string {
	return `${registry}/${repository}${tag === null ? '' : `:${tag}`}${pinned && digest !== null ? `@${digest}` : ''}`;
}
