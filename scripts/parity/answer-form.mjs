import { isDeepStrictEqual } from 'node:util';

/**
 * An answer to a call in the form that recordings have: the text, `isError` where it is true, and `structured`, which is `json` or `text`
 * where the structured content says no more than the text does.
 *
 * @param {{ content?: { text?: string }[], isError?: boolean, structuredContent?: unknown }} result
 */
export function answerOf({ content, isError, structuredContent }) {
	const text = (content ?? []).map((item) => item.text).join('|');
	const answer = { text };
	if (isError) answer.isError = true;
	if (structuredContent !== undefined && structuredContent !== null)
		answer.structured = structuredForm(text, structuredContent);
	return answer;
}

function structuredForm(text, content) {
	if (isDeepStrictEqual(content, { result: text })) return 'text';
	try {
		// Through text once more: a zero has lost its sign on the way here.
		const said = JSON.parse(JSON.stringify({ result: JSON.parse(text) }));
		if (isDeepStrictEqual(content, said)) return 'json';
	} catch {
		// It is no JSON, so it stands for itself.
	}
	return content;
}
