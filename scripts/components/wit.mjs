import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { wasiPackageFolder } from './wasi.mjs';

const ownConfig = new URL('../wasi/config.wit', import.meta.url).pathname;

/** The files of a WASI package: `wasi:config` is kept here, all others come from their crate. */
function packageFiles(name) {
	if (name === 'config') return [ownConfig];
	const folder = wasiPackageFolder(name);
	return readdirSync(folder)
		.sort()
		.map((file) => join(folder, file));
}

const packageText = (name) =>
	packageFiles(name)
		.map((file) => readFileSync(file, 'utf8'))
		.join('\n');

/** The WASI packages that a WIT text names and does not hold itself, and those that they name in turn, in alphabetical order. */
export function wasiPackages(text) {
	const found = new Set();
	const visit = (wit) => {
		for (const [, name] of wit.matchAll(/\bwasi:([a-z]+)\//g)) {
			if (found.has(name) || new RegExp(`^package wasi:${name}\\b`, 'm').test(text)) continue;
			found.add(name);
			visit(packageText(name));
		}
	};
	visit(text);
	return [...found].sort();
}

/** Puts the WASI packages that `world.wit` needs into `wit/deps`, where every bindings generator looks for them. */
export function placeDependencies(witFolder) {
	const text = readFileSync(join(witFolder, 'world.wit'), 'utf8');
	const deps = join(witFolder, 'deps');
	rmSync(deps, { recursive: true, force: true });
	for (const name of wasiPackages(text)) {
		const folder = join(deps, name);
		mkdirSync(folder, { recursive: true });
		for (const file of packageFiles(name)) writeFileSync(join(folder, basename(file)), readFileSync(file));
	}
	return existsSync(deps) ? deps : null;
}

/** A world and everything it needs as one WIT text, each dependency a nested package. */
export function selfContained(text) {
	const nested = wasiPackages(text).map((name) => {
		const wit = packageText(name);
		const header = /^package ([^;]+);/m.exec(wit);
		return `package ${header[1]} {\n${wit.replace(/^package [^;]+;/gm, '')}\n}\n`;
	});
	return `${text}\n${nested.join('')}`;
}

/** The name of the one world in a WIT text. */
export const worldName = (text) => /^world ([a-z0-9-]+)/m.exec(text)[1];

/** Every documented function, by the name of the interface or world that holds it. */
export function functionDocs(text) {
	const places = [];
	let place = null;
	let docs = [];
	for (const line of text.split('\n')) {
		const comment = /^\s*\/\/\/ ?(.*)$/.exec(line);
		if (comment) {
			docs.push(comment[1]);
			continue;
		}
		const opened = /^(world|interface) ([a-z0-9-]+)/.exec(line);
		if (opened) places.push((place = { kind: opened[1], name: opened[2], functions: [] }));
		const declared = /^\s+(?:export )?%?([a-z][a-z0-9-]*): (?:async )?func\b/.exec(line);
		if (declared && docs.length > 0) place.functions.push({ name: declared[1], docs: docs.join('\n') });
		docs = [];
	}
	return places;
}

/**
 * The `package-docs` custom section: a version byte and the docs as JSON. The component format itself drops doc comments; hosts such
 * as Wassette take the descriptions of tools from this section.
 */
export function packageDocs(text) {
	const worlds = {};
	const interfaces = {};
	for (const { kind, name, functions } of functionDocs(text)) {
		const documented = Object.fromEntries(functions.map(({ name, docs }) => [name, { docs }]));
		if (kind === 'world') worlds[name] = { func_exports: documented };
		else interfaces[name] = { funcs: documented };
	}
	const json = new TextEncoder().encode(JSON.stringify({ worlds, interfaces }));
	return Uint8Array.from([1, ...json]);
}
