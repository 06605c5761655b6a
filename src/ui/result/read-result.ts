import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { parseJson } from '../../core/json';
import type { Json, WitType } from '../../core/wit/types';

/** What a tool result means to the person who made the call. */
export interface ReadResult {
	/** `empty`: the call ended well and gave nothing. */
	readonly status: 'ok' | 'error' | 'empty';
	/** The side of a WIT `result` that came back, where one did. */
	readonly side: 'ok' | 'err' | null;
	/** What came back, without the wrappers of MCP and of the WIT `result`; undefined where there is only text. */
	readonly value: Json | undefined;
	/** All text of the content, joined. */
	readonly text: string;
}

type Content = CallToolResult['content'][number];

/** Text beyond this is not searched for JSON. */
const maxJsonText = 2 ** 20;

/** Reads a result; `type` is the WIT type it has, where that is known. */
export function readToolResult(result: CallToolResult, type?: WitType | null): ReadResult {
	const texts = result.content.filter((item): item is Content & { type: 'text' } => item.type === 'text');
	const text = texts.map((item) => item.text).join('\n');
	if (result.isError) return { status: 'error', side: null, value: undefined, text };
	const structured = result.structuredContent as { readonly [key: string]: Json } | undefined;
	const whole = structured === undefined ? jsonOf(text) : unwrap(structured);
	const side = sideOf(whole, type);
	const value = side === null ? whole : (whole as { readonly [side: string]: Json })[side];
	const onlyText = texts.length === result.content.length;
	const isEmpty =
		side === null &&
		onlyText &&
		(structured === undefined ? text === '' || isNothing(text, type) : value === '');
	return { status: isEmpty ? 'empty' : 'ok', side, value, text };
}

/** A function without a result answers `null`, and so does an option that is none, which is something. */
function isNothing(text: string, type: WitType | null | undefined): boolean {
	return text === 'null' && (type === null || type === undefined);
}

function unwrap(structured: { readonly [key: string]: Json }): Json {
	const keys = Object.keys(structured);
	return keys.length === 1 && keys[0] === 'result' ? structured['result']! : structured;
}

function sideOf(value: Json | undefined, type: WitType | null | undefined): 'ok' | 'err' | null {
	if (type && type.kind !== 'result') return null;
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
	const keys = Object.keys(value);
	if (keys.length !== 1) return null;
	return keys[0] === 'ok' || keys[0] === 'err' ? keys[0] : null;
}

/** The JSON in a text; undefined where it is none, or only a word or a number, which look the same as text. */
export function jsonOf(text: string): Json | undefined {
	if (text.length > maxJsonText || !/^\s*[[{"]/.test(text)) return undefined;
	const parsed = parseJson(text, { length: maxJsonText });
	return parsed.ok ? parsed.value : undefined;
}
