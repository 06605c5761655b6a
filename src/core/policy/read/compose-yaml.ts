import { Composer, Parser } from 'yaml';
import type { YamlDocument } from './yaml-nodes';
import { lenientLexer } from './lenient-lexer';

/** What the parser of YAML complains of in a text. */
export type Complaint = YamlDocument['errors'][number] | YamlDocument['warnings'][number];

/**
 * Complaints after which a text is read no further. To make one takes the parser as long as many words of a text: one that is complained of
 * at every character would hold everything up for seconds.
 */
const mostComplaints = 250;

class TooManyComplaints extends Error {
	override name = 'TooManyComplaints';
	override message = `The text has more than ${mostComplaints} errors, and is not read any further`;
}

export interface Composed {
	/** Null where reading ended early. */
	readonly document: YamlDocument | null;
	readonly complaints: readonly Complaint[];
	/** Why reading ended early, as a sentence without its full stop. */
	readonly ended: string | null;
}

type Complain = (...about: readonly unknown[]) => void;

/**
 * The document model of a text, without looking for repeated keys (the parser's own check is quadratic). Never throws. More than one
 * document is a complaint.
 */
export function composeYaml(text: string): Composed {
	const composer = new Composer({ schema: 'core', merge: false, uniqueKeys: false, prettyErrors: false });
	let complaints = 0;
	const count = () => {
		complaints += 1;
		if (complaints > mostComplaints) throw new TooManyComplaints();
	};
	// The library has no option for it. What is complained of comes from both its halves.
	const inside = composer as unknown as { onError: Complain };
	const complain = inside.onError;
	inside.onError = (...about) => {
		count();
		complain(...about);
	};
	function* parsed() {
		const parser = new Parser();
		(parser as unknown as { lexer: ReturnType<typeof lenientLexer> }).lexer = lenientLexer();
		for (const token of parser.parse(text)) {
			if (token.type === 'error') count();
			yield token;
		}
	}
	let document: YamlDocument | null = null;
	try {
		for (const next of composer.compose(parsed(), true, text.length)) {
			document ??= next;
			if (next === document) continue;
			const [from = 0, to = 0] = next.range;
			complain([from, to], 'MULTIPLE_DOCS', 'The text holds more than one document');
			break;
		}
	} catch (error) {
		const ended = error instanceof Error ? error.message : 'The text is not YAML';
		return { document: null, complaints: complaintsOf(document, composer), ended };
	}
	return { document, complaints: complaintsOf(document, composer), ended: null };
}

/** Those of a document that is whole, and those that belong to none so far. */
function complaintsOf(document: YamlDocument | null, composer: Composer): readonly Complaint[] {
	const rest = composer.streamInfo();
	return [
		...new Set([
			...(document ? [...document.errors, ...document.warnings] : []),
			...rest.errors,
			...rest.warnings,
		]),
	];
}
