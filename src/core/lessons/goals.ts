import { isRecord } from '../is-record';
import type { HostCallEntry, OutputEntry, ToolCallEntry } from '../activity';
import { parseJson } from '../json';
import { evaluate, type AccessRequest } from '../policy';
import { viewOf } from '../world-view';
import type { Goal, Situation } from './lesson';
import { excessOf, reachOf, type Need } from './reach';

/** A call that a lesson waits for: of a component's tool, with at least these arguments. */
export interface WantedCall {
	readonly component: string;
	readonly tool: string;
	readonly arguments?: { readonly [name: string]: unknown };
}

/** What was seen of a call: that it was not made, that what it was made under has changed since, or the call itself. */
export type Sighting =
	| { readonly state: 'missing' }
	| { readonly state: 'outdated' }
	| { readonly state: 'seen'; readonly call: ToolCallEntry; readonly hostCalls: readonly HostCallEntry[] };

/** The latest call of this kind. */
export function sight(situation: Situation, wanted: WantedCall): Sighting {
	const component = componentOf(situation, wanted.component);
	const call = situation.activity.findLast(
		(entry): entry is ToolCallEntry => entry.kind === 'tool-call' && isWanted(entry, wanted),
	);
	if (!component || !call || call.status === 'running') return { state: 'missing' };
	const hostCalls = hostCallsOf(situation, call);
	// Those of a component that is linked to it are made under a policy of their own.
	const revisionOf = (id: string) => componentOf(situation, id)?.revision;
	return hostCalls.some((entry) => entry.revision !== revisionOf(entry.component))
		? { state: 'outdated' }
		: { state: 'seen', call, hostCalls };
}

/** The component of a lesson; undefined where it was unloaded. */
export const componentOf = (situation: Situation, id: string) =>
	situation.components.find((component) => component.id === id);

const hostCallsOf = ({ activity }: Situation, { callId }: ToolCallEntry) =>
	activity.filter((entry): entry is HostCallEntry => entry.kind === 'host-call' && entry.callId === callId);

function isWanted(entry: ToolCallEntry, { component, tool, arguments: wanted = {} }: WantedCall): boolean {
	if (entry.component !== component || entry.tool !== tool) return false;
	const sent = (entry.arguments ?? {}) as { readonly [name: string]: unknown };
	return Object.entries(wanted).every(
		([name, value]) => JSON.stringify(sent[name]) === JSON.stringify(value),
	);
}

/** Host calls that a policy speaks of, over all of the activity. */
export const governedCalls = ({ activity }: Situation, component: string): readonly HostCallEntry[] =>
	activity.filter(
		(entry): entry is HostCallEntry =>
			entry.kind === 'host-call' && entry.component === component && isGoverned(entry),
	);

/** Whether a policy has a say in it. */
export const isGoverned = ({ capability }: HostCallEntry): boolean =>
	capability === 'storage' || capability === 'network' || capability === 'environment';

/** What a call has printed. */
export const outputOf = ({ activity }: Situation, { callId }: ToolCallEntry): string =>
	activity
		.filter((entry): entry is OutputEntry => entry.kind === 'output' && entry.callId === callId)
		.map(({ text }) => text)
		.join('');

/** A goal that is met, or not for a reason. */
export const goal = (text: string, wrong: string | null): Goal =>
	wrong === null ? { text, met: true } : { text, met: false, wrong };

export const gone = (id: string) => `The component \`${id}\` is not loaded any more. Restart this step.`;

/** The call ends in a result, under the policy as it is. */
export function callWorks(situation: Situation, wanted: WantedCall, text: string): Goal {
	return goal(text, whyNot(situation, wanted));
}

/** Why a call cannot be said to work; null where it can. */
export function whyNot(situation: Situation, wanted: WantedCall): string | null {
	if (!componentOf(situation, wanted.component)) return gone(wanted.component);
	const seen = sight(situation, wanted);
	if (seen.state === 'missing') return `Not run yet: ${inWords(wanted)}.`;
	if (seen.state === 'outdated') return 'Something has changed since it ran. Run it again.';
	const { status, summary } = seen.call;
	if (status === 'result') return null;
	return status === 'stopped'
		? 'The latest run was stopped. Run it again.'
		: `The latest run failed: ${told(summary)}`;
}

/** What a WIT `err` holds where it is one text, without the JSON around it. */
function told(summary: string): string {
	const parsed = parseJson(summary);
	const value = parsed.ok ? parsed.value : null;
	const text = isRecord(value) ? value['err'] : null;
	return typeof text === 'string' ? text : summary;
}

function inWords({ tool, arguments: wanted = {} }: WantedCall): string {
	const values = Object.entries(wanted).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
	return `\`${tool}\`${values.length > 0 ? ` with \`${values.join(', ')}\`` : ''}`;
}

/** The policy lets the component have what the task needs, and nothing besides. `engine` is the session's unless another is named. */
export function grantsOnly(
	situation: Situation,
	id: string,
	need: Need,
	text: string,
	engine = situation.engine,
): Goal {
	const component = componentOf(situation, id);
	if (!component) return goal(text, gone(id));
	const reach = reachOf(component.policy, engine, situation.world);
	if (!reach.ok) return goal(text, `Under this policy every call fails: ${reach.error}`);
	const excess = excessOf(reach.value, need);
	return goal(text, excess.length > 0 ? `It grants more than the task needs: ${listed(excess)}.` : null);
}

/** The policy allows, or denies, a request. */
export function decides(
	situation: Situation,
	id: string,
	request: AccessRequest,
	outcome: 'allow' | 'deny',
	text: string,
	wrong: string,
): Goal {
	const component = componentOf(situation, id);
	if (!component) return goal(text, gone(id));
	const decision = evaluate(component.policy, situation.engine, viewOf(situation.world), request);
	return goal(text, decision.outcome === outcome ? null : wrong);
}

/** A few things in a row; what is beyond three is counted. */
function listed(items: readonly string[]): string {
	return items.length <= 3
		? items.join(', ')
		: `${items.slice(0, 3).join(', ')}, and ${items.length - 3} more`;
}
