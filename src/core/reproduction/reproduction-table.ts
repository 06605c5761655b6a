import { inline } from '../scenario/markdown';
import { reproductionWords, type ReleaseRun, type Reproduction } from './reproduction';

const callWords = { result: 'a result', err: 'an err', error: 'an error' } as const;

/** What a release did with the calls, in a few words, such as `an err; 1 host call denied`. */
export function runWords({ calls }: ReleaseRun): string {
	if (calls.length === 0) return 'no calls';
	const outcomes = calls.map(({ outcome }) => (outcome === null ? 'no answer' : callWords[outcome]));
	const denied = calls.reduce((sum, call) => sum + call.denied, 0);
	const words = outcomes.length > 4 ? [...outcomes.slice(0, 4), '…'] : outcomes;
	return `${words.join(', ')}; ${denied === 0 ? 'nothing' : denied} denied`;
}

/** The verdict and a row for each release, as Markdown. `shown` makes a text fit to be shown. */
export function reproductionTable(reproduction: Reproduction, shown: (text: string) => string): string {
	const basis =
		reproduction.expected === 'scenario'
			? 'Held against what the scenario expects.'
			: `The scenario expects nothing, so each release is held against what ${reproduction.own} does.`;
	const rows = reproduction.runs.map((run) => {
		const verdict = run.behaves === null ? 'stopped' : run.behaves ? 'as expected' : 'differs';
		return `| ${run.engine} | ${verdict} | ${inline(runWords(run))} | ${inline(shown(run.difference ?? ''))} |`;
	});
	return [
		`**${reproductionWords(reproduction)}** ${basis} Engines of a page ran it, with its routes alone.`,
		'',
		'| Wassette | verdict | calls | first difference |',
		'| --- | --- | --- | --- |',
		...rows,
	].join('\n');
}
