import { describe, expect, test } from 'vitest';
import { decide } from '../policy';
import { worldOf } from '../scenario';
import { containerConfinement, shellOf } from './container-confinement';
import { defaultCompose } from './default-compose';
import { readCompose } from './read-compose';

const world = worldOf({
	files: {
		'/data/a.txt': 'a',
		'/data/private/key': 'k',
		'/data/private/deep/x': 'x',
		'/home/user/.ssh/id': 'id',
		'/home/user/link': { symlink: '/home/user/.ssh/id' },
		'/shared': { symlink: '/data' },
		'/empty': { directory: true },
		'/.env': 'FROM_ENV=one\n# no\nexport QUOTED="two # 2"\n',
		'/tool.env': 'A=file\nB=file\n',
	},
	variables: { HOME: '/home/user', TOKEN: 't' },
});

const tool = (...lines: string[]) =>
	['services:', '  tool:', ...lines.map((line) => `    ${line}`)].join('\n');

function model(...lines: string[]) {
	const { service, problems } = readCompose(tool(...lines), shellOf(world));
	if (!service) throw new Error(JSON.stringify(problems));
	return containerConfinement(service, world);
}

function confined(...lines: string[]) {
	const made = model(...lines);
	if (!made.ok) throw new Error(made.error);
	return made.value.confinement;
}

/** What may be done with each path: `rw`, `r` or `-`. */
function rights(confinement: ReturnType<typeof confined>, ...paths: string[]): string {
	const may = (access: 'read' | 'write', path: string) =>
		decide(confinement.grants, { kind: 'storage', access, path }).outcome === 'allow';
	return paths
		.map((path) => `${may('read', path) ? 'r' : ''}${may('write', path) ? 'w' : ''}` || '-')
		.join(' ');
}

describe('the files of a container', () => {
	test('are those of its mounts and nothing else of the world', () => {
		const { files, originOf } = confined('volumes: ["./data/private:/p:ro"]');
		expect([...files.keys()].sort()).toEqual(['/', '/p', '/p/deep', '/p/deep/x', '/p/key', '/tmp']);
		expect(originOf('/p/key')).toBe('/data/private/key');
		expect(originOf('/tmp/x')).toBeNull();
	});

	test('hide what an inner mount is put over', () => {
		const { files, originOf } = confined('volumes: ["./empty:/data/private", "./data:/data"]');
		expect([...files.keys()].filter((path) => path.startsWith('/data')).sort()).toEqual([
			'/data',
			'/data/a.txt',
			'/data/private',
		]);
		expect(originOf('/data/private/new')).toBe('/empty/new');
	});

	test('can be single ones', () => {
		const { files } = confined('volumes: ["./data/a.txt:/etc/a.txt:ro"]');
		expect(files.get('/etc/a.txt')).toMatchObject({ kind: 'file', size: 1 });
		expect(files.get('/etc')).toMatchObject({ kind: 'directory' });
	});

	test('follow the links of the world to a source, and keep those inside for the container', () => {
		const { files, originOf } = confined('volumes: ["/shared:/s", "~:/h:ro"]');
		expect(originOf('/s/a.txt')).toBe('/data/a.txt');
		expect(files.get('/h/link')).toMatchObject({ kind: 'symlink', target: '../home/user/.ssh/id' });
	});

	test('are an empty directory where the source is not there', () => {
		const made = model('volumes: ["./none:/n"]');
		expect(made).toMatchObject({ ok: true, value: { notes: [{ line: 3 }] } });
		expect(confined('volumes: ["./none:/n"]').files.get('/n')).toMatchObject({ kind: 'directory' });
	});

	test.each([
		['volumes: [{type: bind, source: /none, target: /n, bind: {create_host_path: false}}]'],
		['env_file: none.env'],
	])('keep a container from starting where %s is not there', (line) => {
		expect(model(line)).toMatchObject({ ok: false, error: expect.stringContaining('does not start') });
	});
});

describe('the rights in a container', () => {
	test('are to read and write, unless its root is read-only', () => {
		expect(rights(confined('image: x'), '/', '/x', '/tmp/x')).toBe('rw rw rw');
		expect(rights(confined('read_only: true'), '/', '/x', '/tmp/x')).toBe('r r r');
		expect(rights(confined('read_only: true', 'tmpfs: /tmp'), '/x', '/tmp/x')).toBe('r rw');
	});

	test('are those of the mount', () => {
		const both = confined('volumes: ["./data:/ro:ro", "./data:/rw"]');
		expect(rights(both, '/ro/a.txt', '/ro/new', '/rw/a.txt', '/rw/new')).toBe('r r rw rw');
	});

	test('are those of the nearest mount, however deep they are nested', () => {
		const nested = confined(
			'read_only: true',
			'volumes: ["./data:/d", "./data/private:/d/private:ro", "./empty:/d/private/deep/w"]',
		);
		expect(
			rights(
				nested,
				'/x',
				'/d/a.txt',
				'/d/new',
				'/d/private',
				'/d/private/key',
				'/d/private/new',
				'/d/private/deep/x',
				'/d/private/deep/new',
				'/d/private/deep/w/new',
				'/d/private/deep/w/new/below',
			),
		).toBe('r rw rw r r r r r rw rw');
	});

	test('name the line that gave or refused them', () => {
		const { grants } = confined('read_only: true', 'volumes: ["./data:/d:ro"]');
		const rule = (path: string, access: 'read' | 'write') =>
			decide(grants, { kind: 'storage', access, path }).rule;
		expect(rule('/d/a.txt', 'read')).toEqual({ text: '"./data:/d:ro"', line: 4 });
		expect(rule('/x', 'write')).toEqual({ text: 'read_only: true', line: 3 });
	});
});

describe('the hosts of a container', () => {
	const reaches = (...lines: string[]) =>
		decide(confined(...lines).grants, { kind: 'network', method: 'GET', url: 'https://a.test/' }).outcome;

	test('are all of them, unless it has no network', () => {
		expect(reaches('image: x')).toBe('allow');
		expect(reaches('network_mode: none')).toBe('deny');
	});
});

describe('the variables of a container', () => {
	const variables = (...lines: string[]) => {
		const { grants, variables: values } = confined(...lines);
		expect(grants.variables.map(({ key }) => key)).toEqual([...values.keys()]);
		return Object.fromEntries(values);
	};

	test('are none of the shell unless they are named', () => {
		expect(variables('image: x')).toEqual({});
		expect(variables('environment: [TOKEN, MISSING, FROM_ENV, QUOTED]')).toEqual({
			TOKEN: 't',
			FROM_ENV: 'one',
			QUOTED: 'two # 2',
		});
	});

	test('come from files too, and from the list rather than from a file', () => {
		expect(
			variables('env_file: [tool.env, {path: none, required: false}]', 'environment: {B: list}'),
		).toEqual({
			A: 'file',
			B: 'list',
		});
	});
});

test('a container that mounts the whole world sees the whole world', () => {
	const { files } = confined('volumes: ["/:/host:ro"]');
	for (const path of world.files.keys())
		expect(files.has(path === '/' ? '/host' : `/host${path}`)).toBe(true);
});

test('a world that is too large for a sandbox is refused', () => {
	const files = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`/d/${n}`, '']));
	const lines = Array.from({ length: 60 }, (_, n) => `"/d:/m${n}"`);
	const { service } = readCompose(tool(`volumes: [${lines.join(', ')}]`), () => undefined);
	expect(containerConfinement(service!, worldOf({ files }))).toMatchObject({ ok: false });
});

test('the default file has no problems, and hands over data and keys, not the home', () => {
	const text = defaultCompose(world);
	const { service, problems } = readCompose(text, shellOf(world));
	expect(problems).toEqual([]);
	const made = containerConfinement(service!, world);
	expect(made.ok && [...made.value.confinement.variables.keys()]).toEqual(['TOKEN']);
	expect(made.ok && [...made.value.confinement.files.keys()].some((path) => path.startsWith('/home'))).toBe(
		false,
	);
	expect(made.ok && made.value.confinement.files.has('/data/a.txt')).toBe(true);
});
