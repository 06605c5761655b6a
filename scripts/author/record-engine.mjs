import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** Writes what an engine is made of, by digest, beside its files. `toolchain` is what built its builder. */
export function recordEngine(folder, toolchain) {
	const prelude = readdirSync(join(root, folder, 'prelude')).sort();
	const file = (name) => {
		const bytes = read(`${folder}/${name}`);
		return { sha256: digest([bytes]), size: bytes.length };
	};
	const record = {
		'async.wasm': file('async.wasm'),
		'builder.wasm': { ...file('builder.wasm'), source: sourceDigest(), toolchain },
		prelude: digest(prelude.flatMap((name) => [name, read(`${folder}/prelude/${name}`)])),
		'sync.wasm': file('sync.wasm'),
	};
	writeFileSync(join(root, folder, 'engine.json'), `${JSON.stringify(record, null, '\t')}\n`);
}
