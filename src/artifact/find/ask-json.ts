import { isRecord } from '../../core/is-record';
import { parseJson } from '../../core/json';
import { err, ok, type Result } from '../../core/result';
import { problemOf, type FetchProblem } from '../fetch-problem';
import type { PullOptions } from '../oci/pull';

const limits = { length: 4 * 2 ** 20, depth: 64 };

/** Asks a site's API for JSON. `what` is what it was asked about, for the sentence where it has none. */
export async function askJson(
	url: string,
	what: string,
	{ ask, signal }: Pick<PullOptions, 'ask' | 'signal'>,
): Promise<Result<unknown, FetchProblem>> {
	const reply = await ask(url, { signal, maxBytes: limits.length });
	if (!reply.ok) return err(problemOf(reply.error));
	const { status, bytes } = reply.value;
	const { host } = new URL(url);
	if (status === 404) return err({ message: `${host} knows no ${what}. Check its name.` });
	if (status === 403 || status === 429)
		return err({
			message: `${host} answered ${status} when asked for ${what}: it answers so many questions an hour and no more. Try again later, or give the address of the file itself.`,
		});
	if (status !== 200) return err({ message: `${host} answered ${status} when asked for ${what}.` });
	const parsed = parseJson(new TextDecoder().decode(bytes), limits);
	return parsed.ok ? ok(parsed.value) : err({ message: `What ${host} answered about ${what} is not JSON.` });
}

/** The field of a JSON object that is a text; null where there is none. */
export function textIn(value: unknown, key: string): string | null {
	const field = isRecord(value) && Object.hasOwn(value, key) ? value[key] : null;
	return typeof field === 'string' ? field : null;
}

/** The field of a JSON object that is a number; null where there is none. */
export function numberIn(value: unknown, key: string): number | null {
	const field = isRecord(value) && Object.hasOwn(value, key) ? value[key] : null;
	return typeof field === 'number' ? field : null;
}
