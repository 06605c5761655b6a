import { itemAt } from '../../core/item-at';
import { readSections } from '../../component/sections';
import { strip } from '../../component/strip';
import { concatBytes } from '../../core/concat-bytes';
import { err, ok, type Result } from '../../core/result';
import { askWasm, type FieldExports } from '../ask-wasm';
import type { JoinRequest, JoinedComponent } from './join-request';

interface JoinerExports extends FieldExports {
	join(at: number, length: number): void;
}

const encoder = new TextEncoder();
const docsSection = 'package-docs';

/**
 * One component of several, by the joiner's WebAssembly: `author/joiner/src/lib.rs` says what it takes. The documentation is the first part's,
 * at the top of the whole, since a component may have it only once. The error is a sentence.
 */
export function joinParts(
	joiner: WebAssembly.Module,
	{ parts, links }: JoinRequest,
): Result<JoinedComponent, string> {
	const exports = new WebAssembly.Instance(joiner, {}).exports as unknown as JoinerExports;
	const fields = [
		...parts.flatMap(({ id, bytes }) => [
			encoder.encode(id),
			strip(bytes, (name) => name === docsSection).bytes,
		]),
		new Uint8Array(),
		...links
			.flatMap(({ user, imported, provider, exported }) => [user, imported, provider, exported])
			.map((text) => encoder.encode(text)),
	];
	const answer = askWasm(exports, exports.join, fields);
	if (!answer.ok) return err(`These components cannot be joined: ${answer.words.join(' ')}.`);
	const [, also] = answer.fields;
	const docs = readSections(itemAt(parts, 0).bytes).find(({ name }) => name === docsSection);
	return ok({
		bytes: concatBytes([itemAt(answer.fields, 0), ...(docs ? [docs.whole] : [])]),
		also: new TextDecoder().decode(also).split('\n').filter(Boolean),
	});
}
