/** A stretch of WIT text and what it is. */
export interface WitToken {
	readonly kind: 'comment' | 'keyword' | 'type' | 'plain';
	readonly text: string;
}

/** Longer texts stay in one colour: so many elements would hold the page up. */
const longest = 200_000;

const pattern =
	/(?<comment>\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))|(?<keyword>\b(?:package|world|interface|import|export|include|use|as|with|func|async|static|constructor|record|variant|enum|flags|resource|type)\b(?![\w-]))|(?<type>\b(?:bool|u8|u16|u32|u64|s8|s16|s32|s64|f32|f64|char|string|list|option|result|tuple|borrow|own|stream|future)\b(?![\w-]))/g;

/** Splits WIT text for colouring. Joined, the pieces are the text. */
export function witTokens(text: string): readonly WitToken[] {
	if (text.length > longest) return [{ kind: 'plain', text }];
	const tokens: WitToken[] = [];
	let from = 0;
	for (const match of text.matchAll(pattern)) {
		const { comment, keyword } = match.groups ?? {};
		// A name may hold a keyword after a dash or behind a percent sign.
		if (!comment && /[\w%-]/.test(text[match.index - 1] ?? '')) continue;
		if (match.index > from) tokens.push({ kind: 'plain', text: text.slice(from, match.index) });
		tokens.push({ kind: comment ? 'comment' : keyword ? 'keyword' : 'type', text: match[0] });
		from = match.index + match[0].length;
	}
	if (from < text.length) tokens.push({ kind: 'plain', text: text.slice(from) });
	return tokens;
}
