import { itemAt } from '../core/item-at';
import { hostsAskedFor } from '../core/address';
import { fromBase64Url } from '../core/base64';
import { summarize, type PolicySummary, type Scenario } from '../core/scenario';
import { formatBytes } from '../ui/base/format';

/** What someone who is offered a scenario has to know of one component before they agree to it. */
export interface OfferedComponent {
	readonly id: string;
	/** Where its bytes would come from, in words. */
	readonly from: string;
	/** The first digits of its digest; null where nothing holds the bytes to what the scenario was made with. */
	readonly pinned: string | null;
	/** What the engine of the scenario would let it reach, a line each. */
	readonly reach: readonly string[];
	/** Why that is nothing, or not to be relied on; null where the list says it. */
	readonly note: string | null;
}

/** What a scenario would load and what it may touch. Text in it comes from whoever made the scenario, and is to be shown as such. */
export function offerFacts(scenario: Scenario): readonly OfferedComponent[] {
	const summaries = summarize(scenario).components;
	return scenario.components.map(({ id, source, sha256 }, at) => ({
		id,
		from: fromWords(source),
		pinned: sha256?.slice(0, 12) ?? null,
		...reachOf(itemAt(summaries, at).policy),
	}));
}

function fromWords(source: Scenario['components'][number]['source']): string {
	if ('sample' in source) return `the sample ${source.sample}, from this site`;
	if ('url' in source) return `fetched from ${source.url}`;
	if ('oci' in source) {
		const reference = source.oci.replace(/^oci:\/\//, '');
		const hosts = hostsAskedFor(reference).map(({ origin }) => new URL(origin).host);
		return `fetched from a registry: ${reference}${hosts.length > 0 ? `, which asks ${hosts.join(', ')}` : ''}`;
	}
	if ('bytes' in source) {
		const size = fromBase64Url(source.bytes)?.length ?? 0;
		return `inside the scenario, ${formatBytes(size)}`;
	}
	if ('author' in source) return 'source inside the scenario, built when it is first called';
	return `a file that only its author has: ${source.file}`;
}

function reachOf(policy: PolicySummary): Pick<OfferedComponent, 'reach' | 'note'> {
	const reach = [
		...policy.storage,
		...policy.network.map((host) => `network ${host}`),
		...policy.environment.map((key) => `variable ${key}`),
	];
	return { reach, note: noteOf(policy, reach.length === 0) };
}

function noteOf({ state, failure, idle }: PolicySummary, grantsNothing: boolean): string | null {
	switch (state) {
		case 'none':
			return 'No policy is attached: nothing is granted, save by older releases the variables.';
		case 'invalid':
			return 'Its policy does not parse, so nothing is granted.';
		case 'failing':
			return `Under its policy every call ends in an error: ${failure}.`;
		case 'valid':
			if (idle.length > 0) return `Without effect in this engine: ${idle.join(', ')}.`;
			return grantsNothing ? 'Its policy grants nothing.' : null;
	}
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
