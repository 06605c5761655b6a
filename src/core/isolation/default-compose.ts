import { parentOf } from '../path';
import { yamlString } from '../policy/read/yaml-text';
import type { World } from '../world';

/** Variables that a shell has and an image brings its own of. */
const ambient = new Set(['HOME', 'PATH', 'USER', 'SHELL', 'PWD', 'TERM', 'LANG', 'HOSTNAME']);
/** Longer lists make a worse example. */
const mostVariables = 12;

/** A compose file as a careful person writes it for this world: a read-only root, its data read-only, its keys as variables. */
export function defaultCompose({ files, variables }: Pick<World, 'files' | 'variables'>): string {
	const data = [...files]
		.filter(([path, { kind }]) => kind === 'directory' && path !== '/' && parentOf(path) === '/')
		.map(([path]) => path)
		.find((path) => path === '/data');
	const keys = [...variables.keys()]
		.filter((key) => !ambient.has(key) && /^\w+$/.test(key))
		.slice(0, mostVariables);
	return [
		'# Paste your own; its ./ is the root here.',
		'services:',
		'  tool:',
		'    image: example/tool',
		'    read_only: true',
		'    mem_limit: 256m',
		'    tmpfs:',
		'      - /tmp',
		...(data ? ['    volumes:', `      - .${data}:${data}:ro`] : []),
		...(keys.length > 0 ? ['    environment:', ...keys.map((key) => `      - ${yamlString(key)}`)] : []),
	].join('\n');
}
