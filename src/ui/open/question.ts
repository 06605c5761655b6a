import { localHostsOfAddress, type Scenario, type ScenarioSummary } from '../../core/scenario';

/** Where a scenario came from. `session` is one that this browser kept. */
export type Origin = 'link' | 'file' | 'address' | 'session';

/** What a person is asked. Replaced, never mutated. Its `digest` is another one whenever it says something else; a press names the one it was for. */
export type Question =
	| { readonly kind: 'fetch'; readonly address: string; readonly digest: string }
	| { readonly kind: 'refused'; readonly message: string; readonly digest: string }
	| {
			readonly kind: 'open';
			readonly scenario: Scenario;
			/** Of its canonical text, SHA-256 in hex: what is opened is what bears the digest that was shown. */
			readonly digest: string;
			readonly summary: ScenarioSummary;
			readonly origin: Origin;
			/** Why this is asked at all, where nothing was pressed. */
			readonly reason: string | null;
			/** There is work that opening would take the place of. */
			readonly hasWork: boolean;
	  };

export type Answer = 'open' | 'replace' | 'copy';

/** Hosts on the person's own machine or network that a yes to a question would reach or grant. */
export function localIn(question: Question | null): readonly string[] {
	switch (question?.kind) {
		case 'open':
			return question.summary.local;
		case 'fetch':
			return new URL(question.address).origin === location.origin
				? []
				: localHostsOfAddress(question.address);
		default:
			return [];
	}
}

/** Why a scenario is not asked about. */
export const notFetched = 'What reads scenarios could not be fetched. Check the connection and try again.';
