import { seal } from '../outlet/outgoing';
import { strFromU8, unzipSync } from 'fflate';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { parsePolicy, releaseIds } from '../policy';
import { parseScenario, type Scenario } from '../scenario';
import { bundleFiles, bundleZip, fileStems, manifestOf, memoryText, releaseOf, useInWassette } from '.';
import type { ExportedComponent } from '.';
import { memoryBytes } from './memory-bytes';

const policy = (rules: string) => `version: "1.0"\npermissions:\n${rules}`;

const everything = policy(`  storage:
    allow:
      - uri: "fs:///data"
        access: ["read", "write"]
      - uri: "/tmp"
        access: ["read"]
    deny:
      - uri: "fs:///data/secret"
        access: ["read"]
  network:
    allow:
      - host: "api.example.com"
      - host: "localhost:8080"
      - cidr: "10.0.0.0/8"
  environment:
    allow:
      - key: "API_KEY"
  resources:
    limits:
      memory: "16Mi"
`);

const component = (changes: Partial<ExportedComponent> = {}): ExportedComponent => ({
	id: 'files',
	source: { sample: 'files' },
	sha256: 'a'.repeat(64),
	policy: everything,
	...changes,
});

const use = (release = '0.8.1', changes: Partial<ExportedComponent> = {}) =>
	useInWassette([component(changes)], release, '/opt/tapes/')[0]!;

const messages = (notes: readonly { message: string }[]) => notes.map(({ message }) => message).join('\n');

describe('using a component in Wassette', () => {
	test('loads it, starts from nothing and grants what its policy allows', () => {
		expect(use().commands).toEqual([
			'wassette component load file:///opt/tapes/components/files.wasm',
			'wassette permission reset files',
			'wassette permission grant storage files fs:///data --access read,write',
			'wassette permission grant network files api.example.com',
			'wassette permission grant network files localhost:8080',
			'wassette permission grant environment-variable files API_KEY',
			'wassette permission grant memory files 16Mi',
		]);
	});

	test('leaves an empty policy where the policy grants nothing: a reset alone would hand everything over', () => {
		const { commands, notes } = use('0.8.0', { policy: policy('  {}') });
		expect(commands.slice(1)).toEqual([
			'wassette permission reset files',
			'wassette permission revoke environment-variable files NONE',
		]);
		expect(messages(notes)).toContain('leaves an empty policy');
		expect(messages(use('0.2.0', { policy: policy('  {}') }).notes)).toContain('copy files.policy.yaml');
	});

	test('keeps a word that begins with a dash from being an option', () => {
		const odd = policy('  environment:\n    allow:\n      - key: "--help"\n  storage:\n    allow: []\n');
		expect(use('0.8.0', { policy: odd }).commands.at(-1)).toBe(
			'wassette permission grant environment-variable -- files --help',
		);
	});

	test('takes each grant back', () => {
		expect(use().undo).toContain('wassette permission revoke environment-variable files API_KEY');
		// Wassette has no command that takes a memory limit back.
		expect(use().undo).toHaveLength(4);
		expect(messages(use().notes)).toContain('takes a memory limit back');
	});

	test('keeps the policy as it is, under the name that Wassette looks for', () => {
		expect(use().policyFile).toEqual({ name: 'files.policy.yaml', text: everything });
	});

	test('says what cannot be granted and what grants nothing, each at its line', () => {
		const { notes } = use();
		expect(notes.map(({ line, message }) => [line, message.slice(0, 28)])).toEqual([
			[7, 'A URI that does not start wi'],
			[10, 'Deny lists are never enforce'],
			[10, 'A deny rule cannot be grante'],
			[15, 'This is read as a URL with t'],
			[16, 'Ranges of addresses never ma'],
			[16, 'A network range cannot be gr'],
			[null, 'No command of Wassette takes'],
		]);
	});

	test('of 0.2.0 has no reset, no revoke and no memory limit, and says so', () => {
		const old = use('0.2.0');
		expect(old.commands.join('\n')).not.toMatch(/reset|revoke|memory/);
		expect(old.undo).toEqual([]);
		expect(messages(old.notes)).toContain('has no reset and no revoke');
		expect(messages(old.notes)).toContain('neither enforces a memory limit');
	});

	test.each([
		['0.8.0', 'hands the component every configured variable'],
		['0.8.1', 'nothing is granted'],
	])('without a policy grants nothing, and warns as %s makes it necessary', (release, words) => {
		const { commands, policyFile, notes } = use(release, { policy: null });
		expect(commands).toEqual(['wassette component load file:///opt/tapes/components/files.wasm']);
		expect(policyFile).toBeNull();
		expect(messages(notes)).toContain(words);
	});

	test('with a policy that does not parse grants nothing', () => {
		const { commands, notes } = use('0.8.1', { policy: 'version: "2.0"\npermissions: {}\n' });
		expect(commands).toHaveLength(1);
		expect(messages(notes)).toContain('does not parse');
	});

	test('from an address takes the id that Wassette makes of it', () => {
		const url = use('0.8.1', { source: { url: 'https://a.example/x/time-server.wasm?v=1' } });
		expect(url.commands[0]).toBe("wassette component load 'https://a.example/x/time-server.wasm?v=1'");
		expect(url.commands[1]).toBe('wassette permission reset time-server');
		expect(url.policyFile?.name).toBe('time-server.policy.yaml');
		expect(messages(url.notes)).toContain('names this component time-server, not files');
	});

	test('from a registry names the repository, and warns of a policy that comes with it', () => {
		const oci = { source: { oci: 'ghcr.io/yoshuawuyts/time:latest' } };
		expect(use('0.8.0', oci).load).toMatchObject({
			uri: 'oci://ghcr.io/yoshuawuyts/time:latest',
			wassetteId: 'yoshuawuyts_time',
		});
		expect(messages(use('0.8.0', oci).notes)).toContain('without asking');
		expect(messages(use('0.8.1', oci).notes)).not.toContain('without asking');
	});

	test('quotes for the shell whatever an id, a path or a rule holds', () => {
		const hostile = `a'; rm -rf ~ #`;
		const { commands } = use('0.8.1', {
			policy: policy(
				`  network:\n    allow:\n      - host: "$(reboot)"\n  environment:\n    allow:\n      - key: ${JSON.stringify(hostile)}\n`,
			),
			id: 'my tool',
		});
		expect(commands.slice(2)).toEqual([
			"wassette permission grant network my_tool '$(reboot)'",
			"wassette permission grant environment-variable my_tool 'a'\\''; rm -rf ~ #'",
		]);
	});

	test('leaves out a rule that would do something to a terminal', () => {
		const { commands, notes } = use('0.8.1', {
			policy: policy('  environment:\n    allow:\n      - key: "A\\u001b[2J"\n'),
		});
		expect(commands.join('\n')).not.toContain('\u001b');
		expect(messages(notes)).toContain('control character');
	});

	test('gives each component a file of its own', () => {
		expect(fileStems(['a/b', 'a b', 'A_B', '..', ''])).toEqual(['a_b', 'a_b-2', 'A_B-3', '_', 'component']);
	});

	test('takes the newest release for what is documented', () => {
		expect(releaseOf('documented')).toBe(releaseIds.at(-1));
		expect(releaseOf('0.7.0')).toBe('0.7.0');
	});

	test.each([
		[2 ** 20, '1Mi'],
		[1536, '1536'],
		[3 * 2 ** 10, '3Ki'],
		[2 ** 40, '1Ti'],
	])('writes %i bytes so that they are read back', (bytes, text) => {
		expect(memoryText(bytes)).toBe(text);
		expect(memoryBytes(text)).toBe(bytes);
	});
});

describe('a manifest', () => {
	const manifest = (release = '0.8.1', components = [component()]) =>
		manifestOf(components, useInWassette(components, release, '/opt'), release);

	test('declares the components with what their policies grant', () => {
		expect(parse(manifest().text!)).toEqual({
			version: 1,
			components: [
				{
					uri: 'file:///opt/components/files.wasm',
					name: 'files',
					digest: `sha256:${'a'.repeat(64)}`,
					permissions: {
						network: { allow: [{ host: 'api.example.com' }, { host: 'localhost:8080' }] },
						storage: { allow: [{ uri: 'fs:///data', access: ['read', 'write'] }] },
						environment: { allow: [{ key: 'API_KEY' }] },
						resources: { memory_bytes: 16 * 2 ** 20 },
					},
				},
			],
		});
	});

	test('has permissions for every component, without which 0.8.0 does not start, and says what an empty map leaves open', () => {
		const { text, notes } = manifest('0.8.1', [component({ policy: policy('  {}') })]);
		expect(parse(text!).components[0]).toMatchObject({ permissions: {} });
		expect(messages(notes)).toContain('cannot say that files may nothing');
		expect(messages(manifest('0.8.1', [component({ policy: null })]).notes)).toBe('');
		expect(parse(manifest('0.6.0', [component({ policy: null })]).text!).components[0]).not.toHaveProperty(
			'permissions',
		);
	});

	test('says that releases before 0.7.0 do not attach them', () => {
		expect(messages(manifest('0.6.0').notes)).toContain('does not attach');
		expect(messages(manifest('0.7.0').notes)).toBe(
			'Wassette reads the memory limit of a manifest and does not attach it, so files has none. The commands give it one.',
		);
	});

	test('is none where an address is named twice or nothing is named', () => {
		const source = { url: 'https://a.example/x.wasm' };
		expect(manifest('0.8.1', [component({ source }), component({ id: 'b', source })]).text).toBeNull();
		expect(manifest('0.8.1', []).text).toBeNull();
	});
});

describe('a bundle', () => {
	const scenario: Scenario = {
		version: 1,
		title: 'Read `some` files\n# not a heading',
		engine: '0.8.0',
		components: [
			{ id: 'my files', source: { sample: 'files' }, sha256: 'a'.repeat(64), policy: everything },
			{ id: 'time', source: { url: 'https://a.example/t.wasm' }, policy: null },
		],
	};
	const input = {
		scenario: seal(scenario),
		bytesOf: (id: string) => (id === 'time' ? new Uint8Array([3]) : new Uint8Array([1, 2])),
		release: '0.8.0',
		folder: '/opt/tapes',
	};
	const files = bundleFiles(input);
	const text = (path: string) => strFromU8(files.get(path) ?? new Uint8Array());

	test('holds each component with its policy beside it, whatever it came from', () => {
		expect([...files.keys()]).toEqual([
			'README.md',
			'scenario.tapedeck.json',
			'manifest.yaml',
			'components/my_files.wasm',
			'components/my_files.policy.yaml',
			'components/time.wasm',
		]);
		expect(files.get('components/time.wasm')).toEqual(new Uint8Array([3]));
		expect(parsePolicy(text('components/my_files.policy.yaml')).policy).not.toBeNull();
	});

	test('has no name that some system takes for another place, and tells what it changed', () => {
		const unsafe = bundleFiles({
			...input,
			scenario: seal({
				...scenario,
				components: [
					{ id: 'con', source: { sample: 'files' }, policy: everything },
					{ id: 'up', source: { url: 'https://a.example/..%5C..%5Cx:y|z.wasm' }, policy: everything },
					{ id: '..\\..\\up', source: { sample: 'files' }, policy: everything },
					{ id: '__proto__', source: { sample: 'files' }, policy: everything },
				],
			}),
		});
		expect([...unsafe.keys()].filter((name) => /[\\:|]|\.\.\/|\/(?:con)\./.test(name))).toEqual([]);
		expect([...unsafe.keys()]).toContain('components/__proto__.wasm');
		expect(strFromU8(unsafe.get('README.md')!)).toContain('Wassette names this component _con, not con.');
	});

	test('holds the scenario with its components as the files beside it', () => {
		const opened = parseScenario(text('scenario.tapedeck.json'));
		expect(opened.ok && opened.value.components.map(({ id, source }) => [id, source])).toEqual([
			['my files', { file: 'components/my_files.wasm' }],
			['time', { file: 'components/time.wasm' }],
		]);
		expect(opened.ok && opened.value.components[0]?.policy).toBe(everything);
	});

	test('explains itself, and lets no text of the scenario become something else', () => {
		const readme = text('README.md');
		expect(readme.split('\n')[0]).toBe('# Read `some` files # not a heading');
		expect(readme).toContain('wassette permission grant network my_files api.example.com');
		expect(readme).toContain("wassette run --env 'API_KEY=…'");
		expect(readme).toContain('wassette serve --manifest /opt/tapes/manifest.yaml');
	});

	test('is the same zip for the same session', () => {
		const zip = bundleZip(input);
		expect(bundleZip(input)).toEqual(zip);
		const entries = unzipSync(zip);
		expect(Object.keys(entries)).toContain('tapedeck-bundle/components/time.wasm');
		expect(entries['tapedeck-bundle/components/time.wasm']).toEqual(new Uint8Array([3]));
	});
});
