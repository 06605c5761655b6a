import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';

/**
 * Whether the page answered a step as a binary did: `same`, `on purpose` with the row of the list that says why, or `different`. Null
 * where the step cannot be compared: the page has no door for it, or the binary gave no answer.
 *
 * @param {object} step of a case
 * @param {object | undefined} real
 * @param {object | undefined} page
 * @param {object[]} differences the list
 * @param {string} release
 */
export function compareStep(step, real, page, differences, release) {
	if (real === undefined || page === undefined || real.none || real.tools) return null;
	if (sameAnswer(real, page)) return { verdict: 'same', row: null };
	const row = differences.find((one) => covers(one, { step, real, page, release }));
	return row ? { verdict: 'on purpose', row } : { verdict: 'different', row: null };
}

function sameAnswer(real, page) {
	if ('policyFile' in real) return samePolicyFile(real.policyFile, page.policyFile);
	// What a JSON-RPC error says is the transport's; that there is one counts.
	if (real.rpcError) return page.rpcError !== undefined;
	return (
		comparable(real.text) === comparable(page.text) &&
		(real.isError ?? false) === (page.isError ?? false) &&
		isDeepStrictEqual(inOrder(real.structured), inOrder(page.structured))
	);
}

/** The same rules: Wassette writes the file anew, with a null for every part that is not there. */
function samePolicyFile(real, page) {
	if (real === null || page === null || page === undefined) return real === (page ?? null);
	try {
		return isDeepStrictEqual(rulesOf(real), rulesOf(page));
	} catch {
		return false;
	}
}

const rulesOf = (text) => withoutEmpty(parse(text)?.permissions ?? {}) ?? {};

function withoutEmpty(value) {
	if (value === null || typeof value !== 'object') return value ?? undefined;
	if (Array.isArray(value)) return value.length > 0 ? value.map(withoutEmpty) : undefined;
	const kept = Object.entries(value).flatMap(([key, one]) => {
		const rest = withoutEmpty(one);
		return rest === undefined ? [] : [[key, rest]];
	});
	return kept.length > 0 ? Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))) : undefined;
}

/** Without what is chance in a binary: addresses of instructions, times, and the order of a set. */
export const comparable = (text = '') =>
	text
		.replace(/\n[ \t]+\d+:[ \t](?:[^\n:]|:(?! wasm trap| Exited))*/g, '')
		.replace(/"created_at":\d+/g, '"created_at":0')
		// A file's times, as the sample prints them.
		.replace(/(modified|accessed): \d{9,} s\b/g, '$1: 0 s')
		.replace(/(Multiple components found for tool '[^']*': )(.+)$/, (_, start, ids) =>
			start.concat(ids.split(', ').sort().join(', ')),
		)
		.replace(/^\{"components":\[\{"id":.*\}$/, componentsInOrder);

/** The list of components is in the order of a set as well. */
function componentsInOrder(text) {
	try {
		const list = JSON.parse(text);
		return JSON.stringify({ ...list, components: list.components.sort((a, b) => (a.id < b.id ? -1 : 1)) });
	} catch {
		return text;
	}
}

const inOrder = (value) => {
	if (typeof value === 'string') return comparable(value);
	if (Array.isArray(value)) return value.map(inOrder);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.keys(value)
			.sort()
			.map((key) => [key, inOrder(value[key])]),
	);
};

/** Whether a row of the list speaks of this step: of its release, its tool, and the two answers as patterns. */
function covers({ match }, { step, real, page, release }) {
	if (!match || (match.releases && !match.releases.includes(release))) return false;
	const words = (answer) =>
		'policyFile' in answer
			? `policy file ${answer.policyFile}`
			: answer.rpcError
				? `rpc error ${answer.rpcError.message}`
				: `${answer.isError ? 'error ' : ''}${answer.text}`;
	const fits = (pattern, text) => pattern === undefined || new RegExp(pattern, 's').test(text);
	return (
		fits(match.tool, step.tool ?? '') &&
		fits(match.arguments, step.arguments ?? '') &&
		fits(match.real, words(real)) &&
		fits(match.page, words(page))
	);
}
