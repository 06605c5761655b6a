import { expect, test } from 'vitest';
import manifest from '../../package.json';
import { createAuthor } from './build-tool';
import { projectFiles } from './project';
import { textTools } from './project-words';
import { starters } from './starters';
import { builderHere } from './testing/builder-here';

const author = createAuthor({
	spawn: builderHere,
	load: () => Promise.reject(new Error('nothing is loaded here')),
	run: () => Promise.reject(new Error('nothing runs here')),
	mode: 'jspi',
});

async function filesOf(id: string) {
	const { wit, js, wat } = starters.find((one) => one.id === id)!;
	const files = await projectFiles({ wit, ...(js === undefined ? { wat } : { js }) }, author);
	if (!files.ok) throw new Error(files.error.message);
	return Object.fromEntries(files.value);
}

test('a script comes with what its world reaches of WASI, and the one command that builds it', async () => {
	const files = await filesOf('hello');
	expect(files['wit/world.wit']).toContain('import wasi:cli/stderr@0.2.12;');
	expect(files['wit/world.wit']).toContain('interface streams {');
	expect(files['wit/world.wit']).not.toMatch(/package wasi:(?:sockets|http|filesystem)/);
	expect(files['README.md']?.match(/^npx .*$/gm)).toEqual([
		'npx componentize-qjs@0.4.5 --wit wit --js tool.js --sync --opt-size -o tool.wasm',
	]);
	expect(files['README.md']).not.toMatch(/jco componentize|cargo|wasi:http/);
	expect((await filesOf('http-get'))['README.md']).toContain('refuses such a world');
});

test('a core module comes with a script that builds it with the tools that the page has', async () => {
	const files = await filesOf('module');
	expect(Object.keys(files)).toEqual(['wit/world.wit', 'tool.wat', 'build.mjs', 'README.md']);
	expect(files['build.mjs']).toContain('world: "module"');
	const all: Record<string, string> = { ...manifest.devDependencies, ...manifest.dependencies };
	const name = '@bytecodealliance/jco-transpile';
	expect(textTools).toBe(`${name}@${all[name]}`);
	expect(files['README.md']).toContain(textTools);
});
