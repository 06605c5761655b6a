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
		// Both through text once more: on the way here a zero may have lost its sign.
		const again = (value) => JSON.parse(JSON.stringify(value));
		if (isDeepStrictEqual(again(content), again({ result: JSON.parse(text) }))) return 'json';
	} catch {
		// It is no JSON, so it stands for itself.
	}
	return content;
}
