import type { PolicySummary } from '../scenario/policy-summary';

/** Rules that are named one by one; more are counted. */
const mostNamed = 8;

/** What a component may do under its policy, as one sentence. */
export function mayDoWords(id: string, policy: PolicySummary): string {
	const { unrestricted } = policy;
	const parts = [
		unrestricted.includes('storage') ? 'use every file' : listed(policy.storage, ''),
		unrestricted.includes('network') ? 'reach every host' : listed(policy.network, 'reach '),
		unrestricted.includes('environment') || policy.handsAllOver !== null
			? 'read every variable'
			: listed(policy.environment, 'read the variables '),
	].filter((part) => part !== null);
	return parts.length === 0
		? `${id} may use no file, no host and no variable.`
		: `${id} may ${joined(parts, 'and')}.`;
}

function listed(rules: readonly string[], verb: string): string | null {
	if (rules.length === 0) return null;
	const named = rules.slice(0, mostNamed);
	const rest = rules.length - named.length;
	return verb + joined(rest > 0 ? [...named, `${rest} more`] : named, 'and');
}

const joined = (words: readonly string[], last: string): string =>
	words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
