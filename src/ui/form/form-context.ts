import { createContext } from 'svelte';
import type { Issue, FieldPath } from './validate';

/** What the fields of one form share. */
export interface FormContext {
	/** What is wrong exactly here and may be said by now. */
	issuesAt(path: FieldPath): readonly Issue[];
	/** Holds the form up for a reason that its value does not show, such as text that is no JSON; null lets it go. */
	block(key: string, issue: Issue | null): void;
}

export const [formContext, setFormContext] = createContext<FormContext>();
