import type { HostCallEntry } from '../../core/activity';
import { printJson } from '../../core/json';
import { explain, narrowestGrant, type AccessRequest, type Decision } from '../../core/policy';
import { accessRequestOf } from '../../core/request-of';
import { viewOf } from '../../core/world-view';
import type { Deck } from '../../deck/deck';
import { grantCall } from '../grant-call';

/** Denials that are told of one call. */
const mostTold = 5;

export interface AdviceOptions {
	/** Whether somebody is asked when the agent calls a grant tool. */
	readonly canAsk: boolean;
	/** Told of also where the call went well: a guest that only looked is no news. */
	readonly failed: boolean;
}

/** What was denied in a call and what to ask the person for, in words for an agent; null where there is nothing to tell. */
export function adviceOf(
	deck: Pick<Deck, 'activity' | 'components' | 'engine' | 'world'>,
	callId: number,
	{ canAsk, failed }: AdviceOptions,
): string | null {
	const found = new Map<string, { readonly entry: HostCallEntry; readonly request: AccessRequest }>();
	for (const entry of deck.activity) {
		if (entry.kind !== 'host-call' || entry.callId !== callId || entry.outcome !== 'deny') continue;
		const request = accessRequestOf(entry);
		if (request && (failed || request.kind !== 'environment'))
			found.set(JSON.stringify(request), { entry, request });
	}
	if (found.size === 0) return null;
	const told = [...found.values()].slice(0, mostTold);
	const lines = told.map(
		({ entry, request }) => `- ${sentence(entry, request)} ${remedy(deck, entry, request, canAsk)}`,
	);
	const more = found.size - told.length;
	if (more > 0) lines.push(`- and ${more} more.`);
	return [
		'Tapedeck denied this in the call:',
		...lines,
		canAsk
			? 'Each grant tool asks a person before anything changes. Tell them what it is for first.'
			: 'You cannot change the policy from here: nobody could be asked. Say this to the person you work for.',
	].join('\n');
}

const sentence = (entry: HostCallEntry, request: AccessRequest): string => {
	if (entry.reason === 'decoy')
		return `Denied ${entry.access ?? 'read'} of ${entry.target}: no rule of the policy grants it.`;
	const { outcome, rule, detail, engine } = entry;
	return explain({ outcome, request, rule, detail, engine, reason: entry.reason as Decision['reason'] });
};

/** What would allow a request, as the agent can ask for it or hand it on. */
function remedy(
	{ components, engine, world }: Pick<Deck, 'components' | 'engine' | 'world'>,
	{ component: id }: HostCallEntry,
	request: AccessRequest,
	canAsk: boolean,
): string {
	const component = components.find((one) => one.id === id);
	const grant =
		component &&
		narrowestGrant(request, { policy: component.policy, engine, world: viewOf(world), componentId: id });
	if (!grant) return 'No grant alone allows it.';
	const call = grant.permission && grantCall(id, grant.permission);
	if (call && canAsk && grant.wassetteCommand !== null)
		return `To have it allowed, call ${call.name} with ${printJson(call.arguments)}.`;
	return grant.wassetteCommand !== null
		? `To allow it, the person adds to the policy of ${id} what this command does: ${grant.wassetteCommand}`
		: `To allow it, the person changes the policy of ${id}: ${grant.title}.`;
}
