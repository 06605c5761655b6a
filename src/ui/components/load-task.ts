import type { FetchProblem } from '../../artifact/fetch-problem';
import type { LoadStep } from '../../component/program';

/** A component on its way into the deck, or the reason why it did not arrive. Replaced, never mutated. */
export interface LoadTask {
	readonly id: number;
	/** What is being loaded, as the person named it. */
	readonly name: string;
	readonly step: 'downloading' | 'reading' | LoadStep;
	readonly received?: number;
	readonly total?: number | null;
	readonly detail?: string;
	/** When the step began, on the clock of `performance.now`, where it may take long and how far it is cannot be told. */
	readonly since?: number;
	/** Set once it has failed: what happened and what to do next. */
	readonly error?: string;
	/** The same with what can be done about it, where it was fetched. */
	readonly problem?: FetchProblem;
	readonly cancel: () => void;
}

const words: Record<LoadTask['step'], string> = {
	downloading: 'Downloading',
	reading: 'Reading the file',
	checking: 'Checking the binary',
	'fetching the program': 'Fetching its program',
	'fetching the transpiler': 'Fetching the transpiler',
	'reading types': 'Reading its types',
	transpiling: 'Transpiling',
};

/** The step in words. */
export const stepWords = (step: LoadTask['step']): string => words[step];
