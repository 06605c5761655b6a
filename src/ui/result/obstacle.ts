import type { HostCallEntry, ToolCallEntry } from '../../core/activity';
import type { Grants, StorageRequest } from '../../core/policy/types';
import { accessRequestOf } from '../../core/request-of';
import { explainEntry } from '../../core/explain-entry';
import { grantedWords } from './granted-words';

/** What stood in the way of a call: the first thing that its result says. It quotes the guest and the policy, so it is shown as text. */
export interface Obstacle {
	/** `denied` by the policy or for want of one; `policy` fails every call; `memory` the limit on it; `redirect` to where no rule leads. */
	readonly kind: 'denied' | 'policy' | 'memory' | 'redirect';
	/** What was asked for, such as `read /home/user`; empty where nothing particular was. */
	readonly what: string;
	/** By what, or by the lack of what: whole sentences. */
	readonly why: string;
	/** The line of the policy that this is about, as the policy is now. */
	readonly line: number | null;
	/** Its row in the record; null where nothing was asked yet. */
	readonly entry: HostCallEntry | null;
	/** How many more host calls were denied. */
	readonly more: number;
}

/** What is known of the component's policy as it is now. */
export interface PolicyNow {
	readonly state: 'none' | 'invalid' | 'failing' | 'usable';
	/** The first problem, where there is one. */
	readonly problem: { readonly message: string; readonly line: number } | null;
	/** Null where the policy fails every call. */
	readonly grants: Grants | null;
}

/**
 * The obstacle of a call, or null where there was none. `entries` are the host calls of that call, in order; `policy` is null where it
 * changed since, so that only what was recorded can be said.
 */
export function obstacleOf(
	call: ToolCallEntry,
	entries: readonly HostCallEntry[],
	policy: PolicyNow | null,
): Obstacle | null {
	if (isAboutMemory(call)) return memoryObstacle(call, policy);
	const denied = entries.filter(isDenial);
	const [first] = denied;
	if (first) return { ...denialOf(first, policy), more: denied.length - 1 };
	if (call.end === 'refused' && policy && (policy.state === 'failing' || policy.state === 'invalid'))
		return policyObstacle(policy);
	const redirected = entries.find(isStoppedRedirect);
	return redirected ? redirectObstacle(redirected) : null;
}

/** Whether a host call was denied; what no policy speaks of is not. */
export const isDenial = ({ outcome, reason }: HostCallEntry): boolean =>
	outcome === 'deny' && reason !== 'not-governed' && reason !== 'stand-in';

/** The request was allowed and its answer denied: only a redirect does that, or a route that plays one. */
const isStoppedRedirect = ({ capability, outcome, result, source, detail }: HostCallEntry): boolean =>
	capability === 'network' &&
	outcome === 'allow' &&
	source === 'page' &&
	result === 'HTTP-request-denied' &&
	!detail?.startsWith('Answered by the route ');

function denialOf(entry: HostCallEntry, policy: PolicyNow | null): Omit<Obstacle, 'more'> {
	const about = { entry, what: whatOf(entry), line: policy && entry.rule ? entry.rule.line : null };
	const named = entry.rule ? `line ${entry.rule.line} (${entry.rule.text})` : 'a rule';
	switch (entry.reason) {
		case 'no-rule':
		case 'decoy':
			return { ...about, kind: 'denied', ...absence(entry, policy) };
		case 'denied-by-rule':
			return { ...about, kind: 'denied', why: `${capital(named)} denies it.` };
		case 'access-not-granted': {
			const { access } = accessRequestOf(entry) as StorageRequest;
			return {
				...about,
				kind: 'denied',
				why: `${capital(named)} grants the path, but not to ${access === 'write' ? 'write' : 'read'} it.`,
			};
		}
		case 'no-policy':
			return { ...about, kind: 'denied', why: 'The component has no policy, so nothing is granted.' };
		case 'invalid-policy':
			return {
				...about,
				kind: 'policy',
				why: `The policy does not parse, so none of its rules counts${problemWords(policy)}.`,
				line: policy?.problem?.line ?? null,
			};
		default:
			return { ...about, kind: 'denied', why: explainEntry(entry).replace(/^Denied[^:]*: /, '') };
	}
}

/** That no rule grants something, and what the rules that come nearest grant. */
function absence(entry: HostCallEntry, policy: PolicyNow | null): Pick<Obstacle, 'why' | 'line'> {
	const request = accessRequestOf(entry);
	const nearest = policy?.grants && request ? grantedWords(policy.grants, request) : null;
	return nearest
		? { why: `No rule grants it${nearest.words}.`, line: nearest.line }
		: { why: 'No rule granted it.', line: null };
}

function whatOf(entry: HostCallEntry): string {
	const request = accessRequestOf(entry);
	switch (request?.kind) {
		case 'network':
			return `${request.method} ${request.url}`;
		case 'storage':
			return `${request.access} ${request.path}`;
		case 'environment':
			return `variable ${request.key}`;
		default:
			return `${entry.operation} ${entry.target}`.trim();
	}
}

function policyObstacle({ state, problem }: PolicyNow): Obstacle {
	return {
		kind: 'policy',
		what: 'the whole call',
		why:
			state === 'invalid' ? 'The policy does not parse.' : (problem?.message ?? 'The policy cannot be used.'),
		line: problem?.line ?? null,
		entry: null,
		more: 0,
	};
}

function memoryObstacle({ summary, end }: ToolCallEntry, policy: PolicyNow | null): Obstacle {
	const rule = policy?.grants?.memory?.rule ?? null;
	// What a trap says of itself stands below, in the result.
	const ending = end === 'trapped' ? 'The component was refused more than that, and broke off.' : summary;
	return {
		kind: 'memory',
		what: 'memory',
		why: rule
			? `Line ${rule.line} of the policy sets the limit (${rule.text}). ${ending}`
			: `${ending} The policy sets no limit of its own: this run's does.`,
		line: rule?.line ?? null,
		entry: null,
		more: 0,
	};
}

/** Whether the bound on memory ended a call: as it ran, as it was refused more, or before it began. */
const isAboutMemory = ({ end, limit, summary }: ToolCallEntry): boolean =>
	limit === 'memoryBytes' ||
	(end === 'trapped' && summary.includes('refused more memory than the limit')) ||
	(end === 'refused' && /of memory to start|memory minimum size of/.test(summary));

const redirectObstacle = (entry: HostCallEntry): Obstacle => ({
	kind: 'redirect',
	what: `${entry.operation} ${entry.target}`,
	why: `It was allowed. ${entry.detail ?? 'The server answered with a redirect, which was not followed.'}`,
	line: null,
	entry,
	more: 0,
});

const problemWords = (policy: PolicyNow | null): string =>
	policy?.problem ? `: line ${policy.problem.line}, ${policy.problem.message.replace(/\.$/, '')}` : '';

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
