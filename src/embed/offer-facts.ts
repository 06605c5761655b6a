import { fromBase64Url } from '../core/base64';
import { parsePolicy } from '../core/policy';
import type { Scenario } from '../core/scenario';
import { formatBytes } from '../ui/base/format';

/** What someone who is offered a scenario has to know of one component before they agree to it. */
export interface OfferedComponent {
	readonly id: string;
	/** Where its bytes would come from, in words. */
	readonly from: string;
	/** The first digits of its digest; null where nothing holds the bytes to what the scenario was made with. */
	readonly pinned: string | null;
	/** What its policy lets it reach, a line each, as the policy writes it. */
	readonly reach: readonly string[];
	/** Why that is nothing, or not to be relied on; null where the list says it. */
	readonly note: string | null;
}

/** What a scenario would load and what it may touch. Text in it comes from whoever made the scenario, and is to be shown as such. */
export function offerFacts(scenario: Scenario): readonly OfferedComponent[] {
	return scenario.components.map(({ id, source, sha256, policy }) => ({
		id,
		from: fromWords(source),
		pinned: sha256?.slice(0, 12) ?? null,
		...reachOf(policy),
	}));
}

function fromWords(source: Scenario['components'][number]['source']): string {
	if ('sample' in source) return `the sample ${source.sample}, from this site`;
	if ('url' in source) return `fetched from ${source.url}`;
	if ('oci' in source) return `from a registry, which a page cannot reach: ${source.oci}`;
	if ('bytes' in source) {
		const size = fromBase64Url(source.bytes)?.length ?? 0;
		return `inside the scenario, ${formatBytes(size)}`;
	}
	return `a file that only its author has: ${source.file}`;
}

function reachOf(policy: string | null): Pick<OfferedComponent, 'reach' | 'note'> {
	if (policy === null)
		return {
			reach: [],
			note: 'No policy is attached: nothing is granted, save by older releases the variables.',
		};
	const parsed = parsePolicy(policy).policy;
	if (!parsed) return { reach: [], note: 'Its policy does not parse, so nothing is granted.' };
	const reach = parsed.rules.flatMap((rule): string[] => {
		if (rule.effect === 'deny') return [];
		switch (rule.kind) {
			case 'storage':
				return [`${rule.access.join(' and ')} ${rule.uri}`];
			case 'host':
				return [`network ${rule.host}`];
			case 'cidr':
				return [`network ${rule.cidr}`];
			case 'environment':
				return [`variable ${rule.key}`];
			case 'memory':
				return [];
		}
	});
	return { reach, note: reach.length === 0 ? 'Its policy grants nothing.' : null };
}

/** What becomes of requests that a policy grants, in words. */
export function networkWords(scenario: Scenario): string {
	const routes = scenario.world?.routes?.length ?? 0;
	switch (scenario.world?.network ?? 'live') {
		case 'routes':
			return 'Requests are answered by the scenario itself. Nothing is sent.';
		case 'routes-then-live':
			return 'Requests that the scenario does not answer itself are sent from your browser, where a policy grants them.';
		case 'live':
			return routes > 0
				? 'Requests are sent from your browser where a policy grants them; the answers in the scenario are not used.'
				: 'Requests are sent from your browser, where a policy grants them.';
	}
}
