import { isRecord } from '../../core/is-record';
import { parseJson } from '../../core/json';
import type { WireMessage } from '../../mcp/wire';
import type { Arguments } from '../console/console.svelte';

/** The tool call that a message asks for; null where it asks for none. */
export function callOnWire({
	kind,
	method,
	text,
}: WireMessage): { readonly name: string; readonly arguments: Arguments } | null {
	if (kind !== 'request' || method !== 'tools/call') return null;
	const parsed = parseJson(text, { length: 8 * 2 ** 20, depth: 128 });
	if (!parsed.ok) return null;
	const params = member(parsed.value, 'params');
	const name = member(params, 'name');
	const args = member(params, 'arguments') ?? {};
	return typeof name === 'string' && isRecord(args) ? { name, arguments: args as Arguments } : null;
}

const member = (value: unknown, key: string): unknown =>
	isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
