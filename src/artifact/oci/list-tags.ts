import { parseJson } from '../../core/json';
import { isRecord } from '../../core/is-record';
import type { Registry } from './registry';

/** Tags that are shown at most; repositories of images have thousands. */
const mostTags = 50;

/** The tags of a repository, newest versions first; none where they cannot be read. */
export async function listTags(registry: Registry): Promise<readonly string[]> {
	const reply = await registry.quietly('tags/list', 2 ** 20);
	const parsed = reply?.status === 200 ? parseJson(new TextDecoder().decode(reply.bytes)) : null;
	const value: unknown = parsed?.ok ? parsed.value : null;
	const tags: unknown = isRecord(value) ? value['tags'] : null;
	if (!Array.isArray(tags)) return [];
	return tags
		.filter((tag): tag is string => typeof tag === 'string' && /^\w[\w.-]{0,127}$/.test(tag))
		.filter((tag) => !/^sha256-[0-9a-f]{64}/.test(tag))
		.sort((one, other) => other.localeCompare(one, 'en', { numeric: true }))
		.slice(0, mostTags);
}
