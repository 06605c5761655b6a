import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { componentsPlace, inside } from './layout.mjs';

/**
 * Writes a world's files as a scenario names them (text, `{ base64 }`, `{ directory: true }`, `{ symlink }`) into a root. Links come
 * last, so that none of them leads a file out of the root.
 */
export function unpackFiles(root, files) {
	const entries = Object.entries(files).map(([path, content]) => [placeIn(root, path), content]);
	const isLink = (content) => typeof content === 'object' && 'symlink' in content;
	for (const [place, content] of entries.filter(([, one]) => !isLink(one))) {
		if (content.directory) mkdirSync(place, { recursive: true });
		else {
			mkdirSync(dirname(place), { recursive: true });
			writeFileSync(place, typeof content === 'string' ? content : Buffer.from(content.base64, 'base64'));
		}
	}
	for (const [place, { symlink }] of entries.filter(([, one]) => isLink(one))) {
		mkdirSync(dirname(place), { recursive: true });
		symlinkSync(symlink, place);
	}
}

function placeIn(root, path) {
	const [first, ...rest] = path.split('/');
	const absolute = first === componentsPlace ? [inside.components, ...rest].join('/') : path;
	return join(root, normalize(`/${absolute}`));
}

/** Writes components, their policies and their secrets where the binary looks for them. */
export function unpackComponents(root, components, policies = {}, secrets = {}) {
	const folder = join(root, inside.components);
	mkdirSync(folder, { recursive: true });
	for (const [id, bytes] of Object.entries(components)) writeFileSync(join(folder, `${id}.wasm`), bytes);
	for (const [id, text] of Object.entries(policies)) writeFileSync(join(folder, `${id}.policy.yaml`), text);
	const place = join(root, inside.secrets);
	mkdirSync(place, { recursive: true, mode: 0o700 });
	for (const [id, values] of Object.entries(secrets))
		writeFileSync(join(place, `${id}.yaml`), `${JSON.stringify(values)}\n`);
}
