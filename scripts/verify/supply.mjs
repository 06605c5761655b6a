import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { readRegular } from './read-regular.mjs';

/** Bytes a component may have; more is not read or fetched. */
const mostBytes = 64 * 2 ** 20;
/** Bytes that the components of one scenario may have together. */
const mostTogether = 128 * 2 ** 20;
/** Bytes of a scenario: more than the characters that the page reads. */
const mostScenario = 16 * 2 ** 20;

/** The scenario files that paths stand for: a folder for those in it, by name. The error names what is not there. */
export function scenarioFiles(paths) {
	const files = [];
	for (const path of paths) {
		if (!existsSync(path)) return { ok: false, error: `There is no file ${path}.` };
		if (!statSync(path).isDirectory()) files.push(path);
		else {
			const inside = readdirSync(path)
				.filter((name) => name.endsWith('.tapedeck.json'))
				.sort();
			if (inside.length === 0)
				return { ok: false, error: `The folder ${path} holds no .tapedeck.json file.` };
			files.push(...inside.map((name) => join(path, name)));
		}
	}
	return { ok: true, files };
}

/** The text of a scenario file: a regular one, and no link that leads out of its folder. */
export function readScenario(file) {
	const read = readRegular(file, { most: mostScenario, below: dirname(file) });
	if (!read.ok) return { ok: false, error: `It cannot be checked: the file ${read.error}.` };
	return { ok: true, text: read.bytes.toString('utf8') };
}

/**
 * The components that a page cannot get by itself, by id, as base64: those that are files, below the scenario's folder or named on the
 * command line, and those at an address, where fetching is allowed. The error says what is missing and how to name it.
 */
export async function supplyComponents(text, file, { components, fetch: mayFetch }) {
	const supplied = {};
	let together = 0;
	for (const { id, source } of componentsOf(text)) {
		const got = await bytesOf(id, source, file, components.get(id), mayFetch);
		if (got === null) continue;
		if (!got.ok) return got;
		together += got.bytes.length;
		if (together > mostTogether)
			return { ok: false, error: 'The components of this scenario are larger than 128 MiB together.' };
		supplied[id] = got.bytes.toString('base64');
	}
	return { ok: true, supplied };
}

/** The bytes of one component; null where the page has them, or says better why it has not. */
async function bytesOf(id, source, file, named, mayFetch) {
	if (named !== undefined) {
		const read = readRegular(named, { most: mostBytes });
		return read.ok
			? read
			: { ok: false, error: `The file ${named}, which --component names for ${id}, ${read.error}.` };
	}
	if (typeof source?.file === 'string') {
		const folder = dirname(file);
		const read = isAbsolute(source.file)
			? { ok: false, error: 'is not named by a path below the folder of the scenario' }
			: readRegular(resolve(folder, source.file), { most: mostBytes, below: folder });
		if (read.ok) return read;
		return {
			ok: false,
			error: `The component ${id} is the file ${source.file}, which ${read.error}. Put it beside the scenario, or name it with --component ${id}=PATH.`,
		};
	}
	if (typeof source?.url === 'string') {
		if (!mayFetch)
			return {
				ok: false,
				error: `The component ${id} is at ${source.url}. Add --fetch to fetch it, or name a file with --component ${id}=PATH.`,
			};
		const fetched = await fetchBytes(source.url);
		return fetched.ok
			? fetched
			: { ok: false, error: `The component ${id} could not be fetched: ${fetched.error}` };
	}
	if (typeof source?.oci === 'string') {
		return {
			ok: false,
			error: `The component ${id} is in a registry (${source.oci}). Pull it first, and name the file with --component ${id}=PATH.`,
		};
	}
	return null;
}

/** The files that a scenario takes beside itself, absolute: components and policies. */
export const filesBehind = (text, file, { components, policies }) =>
	componentsOf(text).flatMap(({ id, source }) => {
		const own = typeof source?.file === 'string' ? resolve(dirname(file), source.file) : undefined;
		return [components.has(id) ? resolve(components.get(id)) : own, policies.get(id)]
			.filter((path) => path !== undefined)
			.map((path) => resolve(path));
	});

/** Names that the command line has a file for and no scenario has a component for, as a sentence; null where there are none. */
export function unusedNames(files, { components, policies }) {
	const ids = new Set(
		files.flatMap((file) => {
			const scenario = readScenario(file);
			return scenario.ok ? componentsOf(scenario.text).map(({ id }) => id) : [];
		}),
	);
	for (const [option, named] of [
		['--policy', policies],
		['--component', components],
	]) {
		const unused = [...named.keys()].find((id) => !ids.has(id));
		if (unused !== undefined)
			return `No scenario has a component ${unused}, which ${option} names a file for.`;
	}
	return null;
}

/** The components that a scenario's text names; none where it is no scenario, which the page then says better. */
export function componentsOf(text) {
	try {
		const { components } = JSON.parse(text);
		return Array.isArray(components) ? components.filter((one) => typeof one?.id === 'string') : [];
	} catch {
		return [];
	}
}

async function fetchBytes(url) {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
		if (!response.ok || !response.body) return { ok: false, error: `the server answered ${response.status}` };
		const chunks = [];
		let size = 0;
		for await (const chunk of response.body) {
			size += chunk.length;
			if (size > mostBytes) return { ok: false, error: 'it is larger than 64 MiB' };
			chunks.push(chunk);
		}
		return { ok: true, bytes: Buffer.concat(chunks) };
	} catch (error) {
		return { ok: false, error: error.cause?.message ?? error.message };
	}
}
