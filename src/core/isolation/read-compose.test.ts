import { describe, expect, test } from 'vitest';
import { readCompose } from './read-compose';

const read = (text: string, variables: Record<string, string> = {}, service?: string) =>
	readCompose(text, (name) => variables[name], service);

/** A service named `tool` with these lines in it. */
const tool = (...lines: string[]) =>
	['services:', '  tool:', ...lines.map((line) => `    ${line}`)].join('\n');

const mounts = (...lines: string[]) =>
	read(tool('volumes:', ...lines)).service?.mounts.map(({ rule: _, ...mount }) => mount);

const messages = (text: string) =>
	read(text).problems.map(({ severity, line, message }) => `${severity} ${line}: ${message}`);

describe('the services of a compose file', () => {
	const two = 'services:\n  a:\n    image: x\n  b:\n    read_only: true\n';

	test('are listed, and the first is read unless another is named', () => {
		expect(read(two)).toMatchObject({ services: ['a', 'b'], service: { name: 'a', readOnly: null } });
		expect(read(two, {}, 'b').service).toMatchObject({
			name: 'b',
			readOnly: { text: 'read_only: true', line: 5 },
		});
	});

	test('are missed where there are none', () => {
		expect(messages('version: "3"')).toEqual([
			'error 1: A compose file names at least one service under `services`',
		]);
	});
});

describe('a hostile compose file', () => {
	test.each([
		[
			'an alias',
			'x: &a [1]\nservices:\n  tool:\n    volumes: *a\n',
			'error 4: Aliases are not read here: write the value out',
		],
		[
			'a merge',
			'x: &a {read_only: true}\nservices:\n  tool:\n    <<: *a\n',
			'error 4: Aliases are not read here: write the value out',
		],
		['a tag', tool('volumes: !reset []'), 'error 3: Unresolved tag: !reset'],
		['a repeated key', tool('read_only: true', 'read_only: false'), 'error 4: duplicate field `read_only`'],
		[
			'two documents',
			'services: {a: {image: x}}\n---\nservices: {b: {image: x}}\n',
			'error 2: deserializing from YAML containing more than one document is not supported',
		],
		['a text that is too long', `# ${'x'.repeat(70_000)}`, 'error 1: The compose file is larger than 64 KiB'],
		[
			'deep nesting',
			`services: ${'['.repeat(600)}`,
			'error 1: The compose file is nested deeper than 500 levels',
		],
		['a control character', 'services: "\u0007"', 'error 1: control characters are not allowed'],
	])('is refused for %s', (_, text, problem) => {
		expect(messages(text)).toContain(problem);
		expect(read(text).service).toBeNull();
	});

	test('multiplies nothing', () => {
		const laughs = [
			'a0: &a0 [x, x, x, x]',
			...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `a${n}: &a${n} [*a${n - 1}, *a${n - 1}, *a${n - 1}]`),
		];
		expect(read(`${laughs.join('\n')}\nservices: {tool: {volumes: *a8}}`).service).toBeNull();
	});

	test.each(['__proto__', 'constructor', 'toString'])('means nothing special by the key %s', (key) => {
		const { service } = read(tool(`${key}: {privileged: true}`, 'environment:', `  ${key}: x`));
		expect(service?.environment).toMatchObject([{ key, value: 'x' }]);
		expect(({} as { privileged?: boolean }).privileged).toBeUndefined();
		expect(messages(tool('volumes:', `  - ${key}:/data`))).toEqual([
			`error 4: No volume named ${key} is defined under \`volumes\``,
		]);
	});

	test.each([
		'services: 3',
		'services: [a]',
		tool('volumes: 3'),
		tool('- a'),
		tool('environment: 3'),
		'3',
		'',
	])('is refused where %j is not what it should be', (text) => {
		expect(read(text).service).toBeNull();
		expect(read(text).problems.length).toBeGreaterThan(0);
	});
});

describe('volumes', () => {
	test('are writable unless they say ro', () => {
		expect(mounts('- ./data:/data', '- ./notes:/notes:ro', '- /srv:/srv:rw,z')).toEqual([
			{ kind: 'bind', source: './data', target: '/data', write: true, makesSource: true },
			{ kind: 'bind', source: './notes', target: '/notes', write: false, makesSource: true },
			{ kind: 'bind', source: '/srv', target: '/srv', write: true, makesSource: true },
		]);
	});

	test('can be written out', () => {
		const long = (...lines: string[]) =>
			mounts(...lines.map((line, index) => `${index ? '  ' : '- '}${line}`));
		expect(long('type: bind', 'source: ~/x', 'target: /x/', 'read_only: true')).toEqual([
			{ kind: 'bind', source: '~/x', target: '/x', write: false, makesSource: true },
		]);
		expect(long('type: bind', 'source: /x', 'target: /x', 'bind: {create_host_path: false}')).toMatchObject([
			{ makesSource: false },
		]);
		expect(long('type: tmpfs', 'target: /t')).toEqual([{ kind: 'empty', target: '/t', write: true }]);
	});

	test('that are named or nameless start empty', () => {
		const text = `${tool('volumes:', '- cache:/cache', '- /anonymous')}\nvolumes:\n  cache:\n`;
		expect(read(text).service?.mounts).toMatchObject([
			{ kind: 'empty', target: '/cache' },
			{ kind: 'empty', target: '/anonymous' },
		]);
	});

	test('that are named and bound by their driver are bind mounts', () => {
		const driver = 'driver_opts: {type: none, o: bind, device: /home/user}';
		const text = `${tool('volumes:', '- home:/host')}\nvolumes:\n  home:\n    ${driver}\n`;
		expect(read(text).service?.mounts).toMatchObject([{ kind: 'bind', source: '/home/user' }]);
	});

	test.each([
		['- ./a:/x\n    - ./b:/x/', 'error 5: Two mounts have the target /x'],
		['- ./a:x', 'error 4: The target of a mount must be an absolute path'],
		['- ./a:/', 'error 4: Nothing can be mounted at /'],
		['- ./a:/..', 'error 4: Nothing can be mounted at /'],
		['- ./a:/x/*', 'error 4: A target with `*` in it is not modelled'],
		['- ./a:/x:readonly', 'error 4: A volume has no option named readonly: use ro or rw'],
		['- a:/x', 'error 4: No volume named a is defined under `volumes`'],
		['- ./a:/x:ro:y', 'error 4: A volume is written as source:target or source:target:ro'],
		['- [a]', 'error 4: A volume must be text'],
		['- {type: bind, target: /x}', 'error 4: A bind mount needs a `source`'],
		[
			'- {type: npipe, source: x, target: /x}',
			'error 4: The `type` of a volume must be bind, volume or tmpfs',
		],
	])('are refused: %s', (lines, problem) => {
		expect(messages(tool('volumes:', lines))).toEqual([problem]);
	});

	test('warn of the socket of the runtime', () => {
		expect(messages(tool('volumes:', '- /var/run/docker.sock:/var/run/docker.sock'))).toEqual([
			'warning 4: Whoever reaches the socket of the runtime controls the host: more than this model shows',
		]);
	});
});

test('secrets and configs are read-only files', () => {
	const text = [
		tool('secrets:', '- key', '- {source: token, target: /t}', 'configs: [motd]'),
		'secrets: {key: {file: key.pem}, token: {environment: TOKEN}}',
		'configs: {motd: {content: hello}}',
	].join('\n');
	expect(read(text).service?.mounts.map(({ rule: _, ...mount }) => mount)).toEqual([
		{ kind: 'bind', source: './key.pem', target: '/run/secrets/key', write: false, makesSource: false },
		{ kind: 'variable', key: 'TOKEN', target: '/t', write: false },
		{ kind: 'text', text: 'hello', target: '/motd', write: false },
	]);
});

describe('the network', () => {
	test.each([
		['open unless the file says otherwise', tool('image: x'), true, 0],
		['closed by network_mode none', tool('network_mode: none'), false, 3],
		['closed by a quoted none', tool('network_mode: "none"'), false, 3],
		['open with the network of the host', tool('network_mode: host'), true, 3],
		[
			'closed where the only network is internal',
			`${tool('networks: [in]')}\nnetworks:\n  in:\n    internal: true\n`,
			false,
			6,
		],
		[
			'open where one of two is not internal',
			`${tool('networks: [in, out]')}\nnetworks: {in: {internal: true}, out: {}}`,
			true,
			3,
		],
		[
			'closed where the default network is internal',
			`${tool('image: x')}\nnetworks: {default: {internal: true}}`,
			false,
			4,
		],
		['open where internal is false', `${tool('networks: [in]')}\nnetworks: {in: {internal: false}}`, true, 3],
	])('is %s', (_, text, open, line) => {
		expect(read(text).service?.network).toMatchObject({ open, rule: { line } });
	});

	test('that is not defined is refused', () => {
		expect(messages(tool('networks: [other]'))).toEqual([
			'error 3: No network named other is defined under `networks`',
		]);
	});
});

describe('the environment', () => {
	test('is read from a map and from a list, and its values are not quoted as rules', () => {
		const map = read(tool('environment:', '  A: one', '  B:', '  C: 3'));
		const list = read(tool('environment:', '  - A=one', '  - B', '  - C=3'));
		const wanted = [
			{ key: 'A', value: 'one' },
			{ key: 'B', value: null },
			{ key: 'C', value: '3' },
		];
		expect(map.service?.environment).toMatchObject(wanted);
		expect(list.service?.environment).toMatchObject(wanted);
		expect(JSON.stringify(map.service?.environment.map(({ rule }) => rule))).not.toContain('one');
		expect(JSON.stringify(list.service?.environment.map(({ rule }) => rule))).not.toContain('one');
	});

	test('is filled in from the shell', () => {
		const value = (written: string) =>
			read(tool(`environment: {A: "${written}"}`), { SET: 'x', EMPTY: '' }).service?.environment[0]?.value;
		expect(value('${SET}/$SET')).toBe('x/x');
		expect(value('$$SET')).toBe('$SET');
		expect(value('${EMPTY:-d}${EMPTY-d}${NONE-e}')).toBe('de');
		expect(value('${SET:+y}${NONE:+y}')).toBe('y');
	});

	test('says where the shell has no value', () => {
		expect(messages(tool('environment: {A: "${NONE}"}'))).toEqual([
			'warning 3: The world has no variable NONE, so compose puts empty text in its place',
		]);
		expect(messages(tool('environment: {A: "${NONE:?set it}"}'))).toEqual([
			'error 3: Compose starts nothing: set it',
		]);
	});

	test('may come from files', () => {
		expect(read(tool('env_file: .env')).service?.envFiles).toMatchObject([{ path: '.env', required: true }]);
		expect(read(tool('env_file: [a, {path: b, required: false}]')).service?.envFiles).toMatchObject([
			{ path: 'a', required: true },
			{ path: 'b', required: false },
		]);
	});
});

describe('memory', () => {
	test.each([
		['mem_limit: 512m', 512 * 2 ** 20],
		['mem_limit: 1.5gb', 1.5 * 2 ** 30],
		['mem_limit: 1048576', 2 ** 20],
		['deploy: {resources: {limits: {memory: 50M}}}', 50 * 2 ** 20],
	])('is limited by %s', (line, bytes) => {
		expect(read(tool(line)).service?.memory).toMatchObject({ bytes, rule: { line: 3 } });
	});

	test.each(['image: x', 'mem_limit: 0'])('is not limited by %s', (line) => {
		expect(read(tool(line)).service?.memory).toBeNull();
	});

	test('is refused where it is no size, or two sizes', () => {
		expect(messages(tool('mem_limit: lots'))).toEqual([
			'error 3: A size is a number with a unit, such as 256m',
		]);
		expect(messages(tool('mem_limit: 1g', 'deploy: {resources: {limits: {memory: 2g}}}'))).toEqual([
			'error 3: Compose refuses `mem_limit` and a different limit under `deploy`',
		]);
	});
});

test('what reaches further than the model is said', () => {
	expect(messages(tool('privileged: true', 'cap_add: [SYS_ADMIN]', 'pid: host'))).toHaveLength(3);
	expect(messages(tool('privileged: false'))).toEqual([]);
});
