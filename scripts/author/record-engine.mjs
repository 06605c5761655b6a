import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../../author/', import.meta.url).pathname;

const read = (path) => readFileSync(join(root, path));

function digest(contents) {
	const hash = createHash('sha256');
	for (const content of contents) hash.update(content);
	return hash.digest('hex');
}

/** Digest of the sources that the builder is made of: names and contents, in order. */
function sourceDigest() {
	const files = readdirSync(join(root, 'builder'), { recursive: true })
		.filter((file) => /(?:\.rs|Cargo\.(?:toml|lock))$/.test(file) && !file.startsWith('target'))
		.sort();
	return digest(files.flatMap((file) => [file, read(`builder/${file}`)]));
}

/** The folders of engines, the newest first. */
export const engineFolders = () =>
	readdirSync(root)
		.filter((name) => /^engine-\d+$/.test(name))
		.sort((a, b) => Number(b.slice(7)) - Number(a.slice(7)));

/** Where a file of the newest engine is: an engine takes from the one before it what it does not have itself. */
export const fileOfNewest = (name) =>
	engineFolders()
		.map((folder) => join(root, folder, name))
		.find((path) => existsSync(path));

/** The version of what takes types out of scripts, as the page has it. */
const eraser = () =>
	`sucrase ${JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).devDependencies.sucrase}`;

/** Writes what the newest engine is made of, by digest, beside its files. `toolchain` is what built its builder. */
export function recordEngine(toolchain) {
	const [folder] = engineFolders();
	const prelude = readdirSync(join(root, folder, 'prelude')).sort();
	const file = (name) => {
		const bytes = readFileSync(fileOfNewest(name));
		return { sha256: digest([bytes]), size: bytes.length };
	};
	const record = {
		'async.wasm': file('async.wasm'),
		'builder.wasm': { ...file('builder.wasm'), source: sourceDigest(), toolchain },
		eraser: eraser(),
		pieces: digest([read(`${folder}/pieces.json`)]),
		prelude: digest(prelude.flatMap((name) => [name, read(`${folder}/prelude/${name}`)])),
		'sync.wasm': file('sync.wasm'),
	};
	writeFileSync(join(root, folder, 'engine.json'), `${JSON.stringify(record, null, '\t')}\n`);
}
