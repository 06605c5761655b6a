import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readRegular } from '../verify/read-regular.mjs';

/** Bytes of a policy file that is read at all: a longer one is no policy, and what is read of a policy is bounded further. */
const mostPolicy = 512 * 2 ** 10;
/** Bytes of a file of requests. */
const mostRequests = 4 * 2 ** 20;

const isPolicy = (name) => /^(?:.+[.-])?policy\.ya?ml$/i.test(name);

/** The policy files that paths stand for: a folder for those in it that are named so (`policy.yaml`, `fetch.policy.yaml`), by name. */
export function policyFiles(paths) {
	const files = [];
	for (const path of paths) {
		if (!existsSync(path)) return { ok: false, error: `There is no file ${path}.` };
		if (!statSync(path).isDirectory()) files.push(path);
		else {
			const inside = readdirSync(path).filter(isPolicy).sort();
			if (inside.length === 0)
				return {
					ok: false,
					error: `The folder ${path} holds no file that is named policy.yaml or NAME.policy.yaml.`,
				};
			files.push(...inside.map((name) => join(path, name)));
		}
	}
	return { ok: true, files };
}

/** The text of a policy file: a regular one, and no link that leads out of its folder. The error is a sentence. */
export const readPolicyFile = (path) => readText(path, { most: mostPolicy, below: dirname(path) });

/** The text of a file of requests. The error is a sentence. */
export const readRequestFile = (path) => readText(path, { most: mostRequests });

function readText(path, bounds) {
	const read = readRegular(path, bounds);
	if (!read.ok) return { ok: false, error: `The file ${path} ${read.error}.` };
	try {
		return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(read.bytes) };
	} catch {
		return { ok: false, error: `The file ${path} is not valid UTF-8, so no release reads it.` };
	}
}
