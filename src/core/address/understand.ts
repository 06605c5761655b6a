import { isDigest } from '../artifact';
import { isLink } from '../scenario/is-link';
import { most } from '../limits';
import { parseUrl } from '../url';
import { err, ok, type Result } from '../result';
import { readCommand } from './command-words';
import { describeSubject, type Mirrors } from './describe-subject';
import { decoded, readGitHub } from './github';
import { readNpm } from './npm-package';
import { readOciReference } from './oci-reference';
import type { AskedHost, Subject, Understood } from './understood';

export interface UnderstandOptions {
	/** Registries that a mirror stands in for, by host, each with the mirror's origin; default none. */
	readonly mirrors?: Mirrors;
}

/**
 * What a text names that somebody would paste: an address, a reference, a whole command. Asks nobody. The error is a sentence that says
 * what would be understood.
 */
export function understand(
	text: string,
	{ mirrors = {} }: UnderstandOptions = {},
): Result<Understood, string> {
	const trimmed = text.trim();
	if (trimmed.length > most.pastedText)
		return err(`This is longer than ${most.pastedText} characters, the most that is looked at.`);
	const subject = readSubject(trimmed);
	if (!subject.ok) return subject;
	const understood = describeSubject(subject.value, mirrors);
	return ok(isPageOfFile(trimmed) ? { ...understood, note: pageOfFile } : understood);
}

/** An address of GitHub that shows a file, and is not the file. */
const isPageOfFile = (text: string): boolean => /\bgithub\.com\/[^/\s]+\/[^/\s]+\/blob\//i.test(text);
const pageOfFile =
	'What was pasted is the address of GitHub’s page about the file. Here the file itself is fetched; Wassette, given that address, fetches the page and refuses it. Give Wassette the address of raw.githubusercontent.com.';

/** The hosts that are asked for the source of a component, an address or a reference with its scheme or without; none where it names nothing. */
export function hostsAskedFor(source: string, mirrors: Mirrors = {}): readonly AskedHost[] {
	const address = /^https?:/i.test(source) ? source : `oci://${source.replace(/^oci:\/\//, '')}`;
	const understood = understand(address, { mirrors });
	return understood.ok ? understood.value.hosts : [];
}

const nothingKnown =
	'This names nothing that can be fetched. It is such as https://example.com/tool.wasm, oci://ghcr.io/owner/tool:1.0, npm:package@1.0.0/tool.wasm, or a whole command like docker pull ghcr.io/owner/tool.';

function readSubject(text: string): Result<Subject, string> {
	if (text === '') return err('Paste an address, a reference or a whole command.');
	const command = readCommand(text);
	if (command) return readName(command.target);
	if (/\s/.test(text)) {
		const inside = readPackage(text);
		return inside ?? err(nothingKnown);
	}
	return readName(withoutQuotes(text));
}

/** A word as it stands in prose: in quotes, brackets or backticks. */
function withoutQuotes(word: string): string {
	const marks = `<>"'\`()`;
	let [begin, end] = [0, word.length];
	while (begin < end && marks.includes(word[begin] ?? '')) begin++;
	while (end > begin && marks.includes(word[end - 1] ?? '')) end--;
	return word.slice(begin, end);
}

/** What one word names. */
function readName(name: string): Result<Subject, string> {
	if (isLink(name.slice(name.indexOf('#') + 1))) return ok({ kind: 'scenario', link: name });
	const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(name) ?? [];
	switch (scheme.toLowerCase()) {
		case 'https':
		case 'http':
			return readWebAddress(name);
		case 'oci':
		case 'docker':
			return readReference(rest.replace(/^\/\//, ''));
		case 'npm':
			return readNpm(rest.replace(/^\/\//, ''));
		case 'sample':
			return rest === '' ? err('Name a sample after sample:.') : ok({ kind: 'sample', name: rest });
		case 'git':
		case 'ssh':
			return readName(name.replace(/^[a-z]+:\/\/(?:[^@/]*@)?/i, 'https://'));
		case 'file':
			return err(
				'A web page cannot read files of this computer by their address. Drop the file on the page.',
			);
		case 'data':
		case 'blob':
		case 'javascript':
			return err(`What begins with ${scheme}: is not fetched. Save it as a file and drop that on the page.`);
	}
	const ssh = /^git@([\w.-]+):(.+)$/.exec(name);
	if (ssh) return readName(`https://${ssh[1]}/${ssh[2]}`);
	if (/^(?:\.{0,2}|~)\/|^[A-Z]:\\/i.test(name))
		return err('This is a path on this computer, which a web page cannot read. Drop the file on the page.');
	return readPackage(name) ?? readBareName(name);
}

/** A name without a scheme: a reference, or an address that nobody wrote one before. */
function readBareName(name: string): Result<Subject, string> {
	const [first = ''] = name.split('/', 1);
	if (/^(?:www\.)?(?:github\.com|gist\.github\.com|npmjs\.com|wasm\.directory)$/i.test(first))
		return readWebAddress(`https://${name}`);
	if (name.includes('/') && /\.wa(?:sm|t)$/i.test(name) && /\./.test(first))
		return readWebAddress(`https://${name}`);
	// Without a host and a tag it may be anything: Docker Hub, GitHub, a folder.
	const hasHost = name.includes('/') && (/[.:]/.test(first) || first === 'localhost');
	if (!hasHost && !/[:@]/.test(name.slice(first.length))) return err(nothingKnown);
	return readReference(name);
}

function readReference(text: string): Result<Subject, string> {
	if (text.length > most.ociReference) return err(`A reference has at most ${most.ociReference} characters.`);
	const [name = '', layer, ...more] = text.split('#');
	if (more.length > 0 || (layer !== undefined && !isDigest(layer)))
		return err('What is behind # names a file of the artifact: there are sha256: and 64 hexadecimal digits.');
	const reference = readOciReference(name);
	return reference.ok
		? ok({ kind: 'oci', reference: reference.value, ...(layer !== undefined && { layer }) })
		: reference;
}

/** A package by its WIT name, such as `wasi:http@0.2.0`, and after `in` the registry that has it. */
function readPackage(text: string): Result<Subject, string> | null {
	const found = /^([a-z][a-z0-9-]*):([a-z][a-z0-9-]*)(?:@([\w.+-]+))?(?: in ([\w.:-]+))?$/.exec(text);
	if (!found) return null;
	const [, namespace = '', name = '', version = null, registry = null] = found;
	return ok({ kind: 'package', namespace, name, version, registry });
}

/** Sites whose addresses name something that is fetched from elsewhere. */
function readWebAddress(text: string): Result<Subject, string> {
	if (text.length > most.sourceUrl) return err(`An address has at most ${most.sourceUrl} characters.`);
	const parsed = parseUrl(text);
	if (!parsed.ok) {
		return err(
			parsed.error.reason === 'userinfo'
				? 'An address with a name or a password in it is not fetched: they would stand in every link. Leave out what is before @.'
				: 'This is no address that a page can fetch.',
		);
	}
	const url = new URL(parsed.value.href);
	const parts = url.pathname.split('/').filter(Boolean);
	switch (url.hostname.replace(/^www\./, '')) {
		case 'github.com':
		case 'gist.github.com': {
			const subject = readGitHub(url);
			return subject
				? ok(subject)
				: err('This address of GitHub names no file, folder, release, package or gist.');
		}
		case 'npmjs.com': {
			const at = parts.indexOf('v');
			const name = parts.slice(1, at < 0 ? undefined : at).join('/');
			const version = at < 0 ? '' : `@${parts[at + 1] ?? 'latest'}`;
			return parts[0] === 'package' ? readNpm(`${name}${version}`) : err(nothingKnown);
		}
		case 'hub.docker.com': {
			const name = parts[0] === 'r' ? parts.slice(1, 3) : parts[0] === '_' ? ['library', parts[1] ?? ''] : [];
			return name.length === 2 ? readReference(`docker.io/${name.join('/')}`) : err(nothingKnown);
		}
		case 'quay.io':
			return parts[0] === 'repository'
				? readReference(`quay.io/${parts.slice(1, 3).join('/')}`)
				: ok({ kind: 'url', url: url.href });
		case 'ghcr.io':
			return /^\/(?:v2|token)(?:\/|$)/.test(url.pathname)
				? ok({ kind: 'url', url: url.href })
				: readReference(`ghcr.io${decoded(url.pathname)}`);
		case 'wasm.directory': {
			const [namespace = '', name = '', version] = parts;
			return (
				readPackage(`${namespace}:${name}${version === undefined ? '' : `@${version}`}`) ??
				err('This address of wasm.directory names no package.')
			);
		}
		default:
			return ok({ kind: 'url', url: url.href });
	}
}
