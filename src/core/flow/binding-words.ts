import type { SavedCall } from '../scenario/check-call';
import { bindingsOf, isTaken, type Binding } from './binding';

/** Where an argument comes from, in a few words: `step 1 /ok/name`, or `input city`. */
export const bindingWords = (binding: Binding): string =>
	isTaken(binding)
		? `step ${binding.from} ${binding.pointer === '' ? '(whole result)' : binding.pointer}`
		: `input ${binding.input}`;

/** What of a call comes from elsewhere, a few words for each argument. */
export const takenWords = (call: SavedCall): readonly string[] =>
	bindingsOf(call).map(([argument, binding]) => `${argument} from ${bindingWords(binding)}`);
