import { itemAt } from '../core/item-at';
import type { ReadState } from '../core/call';
import { err, ok, type Result } from '../core/result';
import { askWasm, type FieldExports } from './ask-wasm';
import type { EngineKind } from './engines';
import type { BuildProblem } from './problem';
import type { BuilderAnswers } from './protocol';
import { inPlainWords } from './wit-words';

interface BuilderExports extends FieldExports {
	describe(at: number, length: number): void;
	link(at: number, length: number): void;
	snapshot(at: number, length: number): void;
}

type Step = 'describe' | 'link' | 'snapshot';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The builder's WebAssembly behind functions. `author/builder/src/lib.rs` says what they take; it keeps what was linked last. */
export class Builder {
	readonly #module: WebAssembly.Module;
	#linked: BuilderExports | null = null;

	constructor(module: WebAssembly.Module) {
		this.#module = module;
	}

	describe(wit: string, imports: readonly string[]): Result<BuilderAnswers['describe'], BuildProblem> {
		const answer = ask(
			this.#fresh(),
			'describe',
			[encoder.encode(wit), encoder.encode(imports.join('\n'))],
			wit,
		);
		if (!answer.ok) return answer;
		const [text, kind] = answer.value;
		return ok({ wit: decoder.decode(text), kind: decoder.decode(kind) as EngineKind });
	}

	link(
		wit: string,
		imports: readonly string[],
		engine: Uint8Array,
	): Result<BuilderAnswers['link'], BuildProblem> {
		const exports = this.#fresh();
		const fields = [encoder.encode(wit), encoder.encode(imports.join('\n')), engine];
		const answer = ask(exports, 'link', fields, wit);
		if (!answer.ok) return answer;
		this.#linked = exports;
		const [bytes, shim, init] = answer.value;
		return ok({ bytes: bytes!, shim: decoder.decode(shim), init: decoder.decode(init) });
	}

	snapshot(state: ReadState): Result<BuilderAnswers['snapshot'], BuildProblem> {
		if (!this.#linked) throw new Error('nothing was linked');
		const fields = state.flatMap(([name, bytes]) => [encoder.encode(name), bytes]);
		const answer = ask(this.#linked, 'snapshot', fields, '');
		return answer.ok ? ok({ bytes: itemAt(answer.value, 0) }) : answer;
	}

	/** Its memory only grows, and a panic leaves it unusable. */
	#fresh(): BuilderExports {
		return new WebAssembly.Instance(this.#module, {}).exports as unknown as BuilderExports;
	}
}

/** Calls a step, and says of what keeps it from its work where in the WIT that is. */
function ask(
	exports: BuilderExports,
	step: Step,
	fields: readonly Uint8Array[],
	wit: string,
): Result<readonly Uint8Array<ArrayBuffer>[], BuildProblem> {
	const answer = askWasm(exports, exports[step], fields);
	if (answer.ok) return ok(answer.fields);
	const [message, file, from, to] = answer.words;
	return err(
		inPlainWords(
			problemAt(wit, { message: message ?? '', file: file ?? '', from: Number(from), to: Number(to) }),
		),
	);
}

interface Found {
	readonly message: string;
	readonly file: string;
	/** Bytes of its text in UTF-8. */
	readonly from: number;
	readonly to: number;
}

function problemAt(wit: string, { message, file, from, to }: Found): BuildProblem {
	if (file !== 'tool.wit') return { in: file === '' ? null : 'wit', message };
	const bytes = encoder.encode(wit);
	const before = decoder.decode(bytes.subarray(0, from)).split('\n');
	const [marked = ''] = decoder.decode(bytes.subarray(from, to)).split('\n');
	const column = (before.at(-1)?.length ?? 0) + 1;
	return { in: 'wit', message, line: before.length, column, endColumn: column + Math.max(marked.length, 1) };
}
