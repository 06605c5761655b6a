import { err, ok, type Result } from '../../core/result';
import type { Route } from '../../core/world';

type Headers = readonly (readonly [name: string, value: string])[];

/** Headers as lines of `name: value`. */
export const printHeaders = (headers: Headers): string =>
	headers.map(([name, value]) => `${name}: ${value}`).join('\n');

/** Headers from lines of `name: value`; empty lines do not count. */
export function parseHeaders(text: string): Result<Headers, string> {
	const headers: [string, string][] = [];
	for (const line of text.split('\n')) {
		if (line.trim() === '') continue;
		const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*:(.*)$/.exec(line.trim()) ?? [];
		if (name === undefined || value === undefined) return err(`“${line.trim()}” is not “name: value”`);
		headers.push([name, value.trim()]);
	}
	return ok(headers);
}

/** A body as text; null where it is bytes that no text stands for. */
export const bodyText = (body: Route['body']): string | null =>
	body === undefined ? '' : typeof body === 'string' ? body : null;
