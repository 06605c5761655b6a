import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const at = (path) => new URL(`../../author/${path}`, import.meta.url);

/** What the joiner is made of; the fields of its calls are read as those of the builder are. */
export const joinerSources = [
	'builder/src/fields.rs',
	...['Cargo.lock', 'Cargo.toml', 'src/join.rs', 'src/lib.rs', 'src/problem.rs'].map(
		(file) => `joiner/${file}`,
	),
];

/** Writes the digest of what joins components, and of its sources, beside it. `toolchain` is what built it. */
export function recordJoiner(toolchain) {
	const digest = (contents) => {
		const hash = createHash('sha256');
		for (const content of contents) hash.update(content);
		return hash.digest('hex');
	};
	const bytes = readFileSync(at('joiner/joiner.wasm'));
	const record = {
		sha256: digest([bytes]),
		size: bytes.length,
		source: digest(joinerSources.flatMap((file) => [file, readFileSync(at(file))])),
		toolchain,
	};
	writeFileSync(at('joiner/joiner.json'), `${JSON.stringify(record, null, '\t')}\n`);
}
