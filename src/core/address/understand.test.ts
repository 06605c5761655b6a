import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printOciReference, readOciReference } from './oci-reference';
import { understand } from './understand';

const hex = 'a'.repeat(64);
const commit = '0123456789abcdef0123456789abcdef01234567';
const oci = (
	registry: string,
	repository: string,
	tag: string | null = 'latest',
	digest: string | null = null,
) => ({
	kind: 'oci',
	reference: { registry, repository, tag, digest },
});
const url = (address: string) => ({ kind: 'url', url: address });
const raw = (path: string) => url(`https://raw.githubusercontent.com/${path}`);
const github = (ref: string | null, path: string) => ({
	...{ kind: 'github', owner: 'o', repository: 'r' },
	...{ ref, path },
});
const release = (tag: string | null, file: string | null) => ({
	...{ kind: 'release', owner: 'o', repository: 'r' },
	...{ tag, file },
});
const npm = (name: string, version: string | null = null, path: string | null = null) => ({
	...{ kind: 'npm', name, version, path },
});
const wit = (
	namespace: string,
	name: string,
	version: string | null = null,
	registry: string | null = null,
) => ({
	...{ kind: 'package', namespace, name, version, registry },
});

const understood: readonly (readonly [string, object])[] = [
	['https://example.com/x.wasm', url('https://example.com/x.wasm')],
	['  <https://EXAMPLE.com/x.wasm>\n', url('https://example.com/x.wasm')],
	['example.com/x.wasm', url('https://example.com/x.wasm')],
	['http://127.0.0.1:8000/x.wat', url('http://127.0.0.1:8000/x.wat')],
	['oci://ghcr.io/o/r', oci('ghcr.io', 'o/r')],
	['oci://ghcr.io/o/r:1.0', oci('ghcr.io', 'o/r', '1.0')],
	[`oci://ghcr.io/o/r:1.0@sha256:${hex}`, oci('ghcr.io', 'o/r', '1.0', `sha256:${hex}`)],
	[`ghcr.io/o/r@sha256:${hex}`, oci('ghcr.io', 'o/r', null, `sha256:${hex}`)],
	['ghcr.io/o/r:1.0', oci('ghcr.io', 'o/r', '1.0')],
	[`oci://ghcr.io/o/r:1.0#sha256:${hex}`, { ...oci('ghcr.io', 'o/r', '1.0'), layer: `sha256:${hex}` }],
	['127.0.0.1:5000/r:t', oci('127.0.0.1:5000', 'r', 't')],
	['localhost/r:t', oci('localhost', 'r', 't')],
	['o/r:1.0', oci('docker.io', 'o/r', '1.0')],
	['docker.io/r:1', oci('docker.io', 'library/r', '1')],
	['docker://index.docker.io/o/r', oci('docker.io', 'o/r')],
	['docker pull ghcr.io/o/r:1.0', oci('ghcr.io', 'o/r', '1.0')],
	['$ sudo docker pull o/r', oci('docker.io', 'o/r')],
	[
		'docker run --rm -p 8080:80 --runtime=io.containerd.wasmtime.v1 -e A=b ghcr.io/o/r:2 serve',
		oci('ghcr.io', 'o/r', '2'),
	],
	['docker run \\\n  --platform wasi/wasm \\\n  ghcr.io/o/r', oci('ghcr.io', 'o/r')],
	['podman pull quay.io/o/r', oci('quay.io', 'o/r')],
	['wassette component load oci://ghcr.io/o/r:latest', oci('ghcr.io', 'o/r')],
	['wassette component load "https://example.com/x.wasm"', url('https://example.com/x.wasm')],
	['WASSETTE_LOG=1 wassette component load --plugin-dir ./p oci://ghcr.io/o/r', oci('ghcr.io', 'o/r')],
	['wkg get wasi:http@0.2.0', wit('wasi', 'http', '0.2.0')],
	['wkg get --registry wa.dev --format wasm -o x.wasm a:b@1.0.0', wit('a', 'b', '1.0.0', 'wa.dev')],
	['wkg oci pull ghcr.io/o/r:1 -o x.wasm', oci('ghcr.io', 'o/r', '1')],
	['oras pull ghcr.io/o/r:1 -o out', oci('ghcr.io', 'o/r', '1')],
	['oras manifest fetch --platform linux/amd64 ghcr.io/o/r:1', oci('ghcr.io', 'o/r', '1')],
	['crane pull --format=oci ghcr.io/o/r x.tar', oci('ghcr.io', 'o/r')],
	['skopeo copy docker://ghcr.io/o/r:1 dir:x', oci('ghcr.io', 'o/r', '1')],
	["cosign verify --certificate-identity-regexp '.*' ghcr.io/o/r:1", oci('ghcr.io', 'o/r', '1')],
	['component install a:b', wit('a', 'b')],
	['curl -fsSL -o x.wasm https://example.com/x.wasm | sh', url('https://example.com/x.wasm')],
	['cd x && wget https://example.com/x.wasm', url('https://example.com/x.wasm')],
	['git clone --depth 1 https://github.com/o/r.git', github(null, '')],
	['git clone git@github.com:o/r.git', github(null, '')],
	['gh release download v1 -R o/r -p x.wasm', release('v1', 'x.wasm')],
	["gh release download v1 --repo o/r --pattern '*.wasm'", release('v1', null)],
	['npm install -D @s/p@1.0.0', npm('@s/p', '1.0.0')],
	['npx p', npm('p')],
	['https://github.com/o/r', github(null, '')],
	['github.com/o/r/', github(null, '')],
	['https://github.com/o/r/tree/main/a/b%20c', github('main', 'a/b c')],
	['https://github.com/o/r/blob/main/a/x.wasm', raw('o/r/main/a/x.wasm')],
	['https://www.github.com/o/r/raw/refs/heads/main/x.wasm?raw=true', raw('o/r/refs/heads/main/x.wasm')],
	[`https://github.com/o/r/blob/${commit}/x.wasm#L1`, raw(`o/r/${commit}/x.wasm`)],
	['https://raw.githubusercontent.com/o/r/main/x.wasm', raw('o/r/main/x.wasm')],
	['https://github.com/o/r/releases', release(null, null)],
	['https://github.com/o/r/releases/latest', release(null, null)],
	['https://github.com/o/r/releases/tag/v1.0', release('v1.0', null)],
	['https://github.com/o/r/releases/download/v1.0/x.wasm', release('v1.0', 'x.wasm')],
	['https://github.com/o/r/releases/latest/download/x.wasm', release(null, 'x.wasm')],
	['https://github.com/o/R/pkgs/container/c', oci('ghcr.io', 'o/c')],
	[`https://gist.github.com/o/${commit.slice(8)}`, { kind: 'gist', id: commit.slice(8), file: null }],
	[
		`https://gist.github.com/${commit.slice(8)}#file-x-wat`,
		{ kind: 'gist', id: commit.slice(8), file: 'x-wat' },
	],
	[
		`https://gist.github.com/o/${commit.slice(8)}/raw/1/x.wat`,
		url(`https://gist.githubusercontent.com/o/${commit.slice(8)}/raw/1/x.wat`),
	],
	['npm:p', npm('p')],
	['npm:p@1.0.0/dist/x.wasm', npm('p', '1.0.0', 'dist/x.wasm')],
	['npm:@s/p@^1/x.wasm', npm('@s/p', '^1', 'x.wasm')],
	['https://www.npmjs.com/package/@s/p/v/1.0.0', npm('@s/p', '1.0.0')],
	['https://www.npmjs.com/package/p', npm('p')],
	['https://hub.docker.com/r/o/r', oci('docker.io', 'o/r')],
	['https://hub.docker.com/_/r', oci('docker.io', 'library/r')],
	['https://quay.io/repository/o/r', oci('quay.io', 'o/r')],
	['https://ghcr.io/o/r:1.0', oci('ghcr.io', 'o/r', '1.0')],
	['wasi:http', wit('wasi', 'http')],
	['wasi:http@0.2.0', wit('wasi', 'http', '0.2.0')],
	['https://wasm.directory/wasi/http/0.2.0', wit('wasi', 'http', '0.2.0')],
	['wasm.directory/a/b', wit('a', 'b')],
	['sample:files', { kind: 'sample', name: 'files' }],
	['#td1.abc', { kind: 'scenario', link: '#td1.abc' }],
	['https://tapedeck.example/#td1.abc', { kind: 'scenario', link: 'https://tapedeck.example/#td1.abc' }],
];

const refused: readonly (readonly [string, string])[] = [
	['', 'Paste an address'],
	['word', 'names nothing'],
	['two words', 'names nothing'],
	['o/r', 'names nothing'],
	['file:///x.wasm', 'Drop the file'],
	['/home/me/x.wasm', 'Drop the file'],
	['./x.wasm', 'Drop the file'],
	['C:\\x.wasm', 'Drop the file'],
	['data:application/wasm;base64,AA', 'not fetched'],
	['javascript:alert(1)', 'not fetched'],
	['https://me:pass@example.com/x.wasm', 'name or a password'],
	['https://exa mple.com/', 'names nothing'],
	['https://github.com/o/r/issues/1', 'names no file'],
	['https://github.com/o/r/blob/main', 'names no file'],
	['oci://ghcr.io/O/R', 'in lower case: o/r'.toLowerCase()],
	['oci://ghcr.io/o/r@sha256:12', 'digest'],
	[`oci://ghcr.io/o/r@sha512:${hex}`, 'digest'],
	['oci://ghcr.io/o/r:..', 'tag'],
	['oci://ghcr.io/o/r:1#tool.wasm', 'behind # names a file'],
	['oci://ghcr.io/../r', 'names no repository'],
	['oci://ghcr.io:x/r', 'no host and port'],
	['npm:', 'no npm package'],
	['npm:../x', 'no npm package'],
	['x'.repeat(9000), 'longer than'],
];

describe('what a person pastes', () => {
	test.each(understood)('is understood: %s', (text, subject) => {
		expect(understand(text)).toMatchObject({ ok: true, value: { subject } });
	});

	test.each(refused)('is answered by what helps: %s', (text, words) => {
		expect(understand(text)).toMatchObject({
			ok: false,
			error: expect.stringMatching(new RegExp(words.replaceAll('.', '\\.'), 'i')) as string,
		});
	});

	test('with GitHub’s page about a file is told what Wassette makes of that address', () => {
		for (const text of [
			'https://github.com/o/r/blob/main/x.wasm',
			'wassette component load https://github.com/o/r/blob/main/x.wasm',
		])
			expect(understand(text)).toMatchObject({
				value: { note: expect.stringContaining('fetches the page and refuses it') as string },
			});
		for (const text of [
			'https://raw.githubusercontent.com/o/r/main/x.wasm',
			'https://github.com/o/r/raw/main/x.wasm',
		])
			expect(understand(text)).toMatchObject({ value: { note: null } });
	});

	test.each([
		[`oci://ghcr.io/o/r@sha256:${hex}`, `sha256:${hex}`],
		[`https://github.com/o/r/blob/${commit}/x.wasm`, commit],
		[`https://github.com/o/r/tree/${commit}/x`, commit],
		['npm:p@1.0.0/x.wasm', '1.0.0'],
		['ghcr.io/o/r:1.0', null],
		['npm:p@^1/x.wasm', null],
		['https://github.com/o/r/blob/main/x.wasm', null],
		['https://example.com/x.wasm', null],
	])('is said to be pinned or not: %s', (text, by) => {
		const value = understand(text);
		const pinned = value.ok ? value.value.pinned : undefined;
		if (by === null) expect(pinned).toBeNull();
		else expect(pinned).toContain(by);
	});

	test.each([
		['ghcr.io/o/r:1', ['https://ghcr.io', 'https://pkg-containers.githubusercontent.com']],
		[
			'o/r:1',
			['https://registry-1.docker.io', 'https://auth.docker.io', 'https://production.cloudflare.docker.com'],
		],
		['127.0.0.1:5000/r:1', ['http://127.0.0.1:5000']],
		['registry.lan:443/r:1', ['https://registry.lan']],
		['x.azurecr.io/r:1', ['https://x.azurecr.io']],
		['https://github.com/o/r/blob/main/x.wasm', ['https://raw.githubusercontent.com']],
		['npm:p', ['https://data.jsdelivr.com', 'https://cdn.jsdelivr.net', 'https://unpkg.com']],
		['wkg get a:b --registry wa.dev', ['https://wa.dev', 'https://ghcr.io']],
		['a:b', ['https://api.wasm.directory', 'https://ghcr.io']],
		['#td1.abc', []],
	])('is said whom it would ask: %s', (text, origins) => {
		const value = understand(text);
		const asked = value.ok ? value.value.hosts.map(({ origin }) => origin) : [];
		expect(asked.slice(0, origins.length)).toEqual(origins);
		expect(new Set(asked).size).toBe(asked.length);
	});

	test('names a mirror in the place of its registry, and no host of that', () => {
		const value = understand('ghcr.io/o/r:1', { mirrors: { 'ghcr.io': 'https://mirror.example' } });
		expect(value).toMatchObject({ ok: true, value: { hosts: [{ origin: 'https://mirror.example' }] } });
		expect(value.ok && value.value.hosts).toHaveLength(1);
	});
});

describe('properties of understanding', () => {
	test('whatever is pasted is answered, and names each host as an origin', () => {
		const pasted = fc.oneof(
			fc.string({ maxLength: 200 }),
			fc.webUrl({ withFragments: true, withQueryParameters: true }),
			fc
				.tuple(
					fc.constantFrom('oci://', 'npm:', 'docker pull ', 'wkg get ', 'https://github.com/', ''),
					fc.string(),
				)
				.map((parts) => parts.join('')),
		);
		fc.assert(
			fc.property(pasted, (text) => {
				const value = understand(text);
				if (!value.ok) return value.error.length > 20;
				return value.value.hosts.every(({ origin }) => new URL(origin).origin === origin);
			}),
		);
	});

	test('a reference is read as it is printed', () => {
		const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
		const reference = fc.record({
			registry: fc.constantFrom('ghcr.io', '127.0.0.1:5000', 'localhost', 'registry.example.com:8443'),
			repository: fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
			tag: fc.option(fc.stringMatching(/^\w[\w.-]{0,20}$/)),
			digest: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/).map((digest) => `sha256:${digest}`)),
		});
		fc.assert(
			fc.property(reference, (one) => {
				const meant = one.tag === null && one.digest === null ? { ...one, tag: 'latest' } : one;
				expect(readOciReference(printOciReference(one))).toEqual({ ok: true, value: meant });
			}),
		);
	});

	test('no text sends a reference elsewhere than it says', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (before, after) => {
				const value = understand(`oci://${before}ghcr.io/${after}`);
				if (!value.ok || value.value.subject.kind !== 'oci') return;
				const { registry } = value.value.subject.reference;
				const [first] = value.value.hosts;
				if (registry !== 'docker.io') expect(new URL(first!.origin).host).toBe(registry.replace(/:443$/, ''));
			}),
		);
	});
});
