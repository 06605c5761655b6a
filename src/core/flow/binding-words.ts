import { isTaken, type Binding } from './binding';

/** Where an argument comes from, in a few words: `step 1 /ok/name`, or `input city`. */
export const bindingWords = (binding: Binding): string =>
	isTaken(binding)
		? `step ${binding.from} ${binding.pointer === '' ? '(whole result)' : binding.pointer}`
		: `input ${binding.input}`;
