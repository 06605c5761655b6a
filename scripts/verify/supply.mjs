import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/** Bytes a component may have; more is not fetched. */
const mostBytes = 32 * 2 ** 20;

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

/**
 * The components that a page cannot get by itself, by id, as base64: those that are files, beside the scenario or named on the command
 * line, and those at an address, where fetching is allowed. The error says what is missing and how to name it.
 */
export async function supplyComponents(text, file, { components, fetch: mayFetch }) {
	const supplied = {};
	for (const { id, source } of componentsOf(text)) {
		const named = components.get(id);
		if (named !== undefined) {
			if (!existsSync(named))
				return { ok: false, error: `There is no file ${named}, which --component names for ${id}.` };
			supplied[id] = readFileSync(named).toString('base64');
		} else if (typeof source?.file === 'string') {
			const path = resolve(dirname(file), source.file);
			if (isAbsolute(source.file) || !existsSync(path)) {
				return {
					ok: false,
					error: `The component ${id} is the file ${source.file}, which is not beside the scenario. Name it with --component ${id}=PATH.`,
				};
			}
			supplied[id] = readFileSync(path).toString('base64');
		} else if (typeof source?.url === 'string') {
			if (!mayFetch)
				return {
					ok: false,
					error: `The component ${id} is at ${source.url}. Add --fetch to fetch it, or name a file with --component ${id}=PATH.`,
				};
			const fetched = await fetchBytes(source.url);
			if (!fetched.ok)
				return { ok: false, error: `The component ${id} could not be fetched: ${fetched.error}` };
			supplied[id] = fetched.bytes.toString('base64');
		} else if (typeof source?.oci === 'string') {
			return {
				ok: false,
				error: `The component ${id} is in a registry (${source.oci}). Pull it first, and name the file with --component ${id}=PATH.`,
			};
		}
	}
	return { ok: true, supplied };
}

/** The components that a scenario's text names; none where it is no scenario, which the page then says better. */
function componentsOf(text) {
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
			if (size > mostBytes) return { ok: false, error: 'it is larger than 32 MiB' };
			chunks.push(chunk);
		}
		return { ok: true, bytes: Buffer.concat(chunks) };
	} catch (error) {
		return { ok: false, error: error.cause?.message ?? error.message };
	}
}
