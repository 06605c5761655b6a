import { Lexer } from 'yaml';

interface Inside {
	indentNext: number;
	flowLevel: number;
	parseQuotedScalar(): Generator<string, string | undefined>;
}

/**
 * A lexer that does not ask how far lines are indented within brackets, braces and quotes: Wassette's reader, which follows YAML 1.1, does
 * not either. The library has no option for it.
 */
export function lenientLexer(): Lexer {
	const lexer = new Lexer();
	const inside = lexer as unknown as Inside;
	const { parseQuotedScalar } = inside;
	let indent = inside.indentNext;
	let quoted = false;
	Object.defineProperty(inside, 'indentNext', {
		get: () => (quoted || inside.flowLevel > 0 ? 0 : indent),
		set: (next: number) => (indent = next),
	});
	inside.parseQuotedScalar = function* () {
		quoted = true;
		try {
			return yield* parseQuotedScalar.call(this);
		} finally {
			quoted = false;
		}
	};
	return lexer;
}
