import type { World } from '../../core/world';

type Variables = World['variables'];
/** A variable as a world has it. */
export type Variable = { readonly value: string; readonly secret: boolean };

/** The variables with one set; a new one comes last. */
export const withVariable = (variables: Variables, name: string, variable: Variable): Variables =>
	new Map([...variables, [name, variable]]);

/** The variables with one renamed in its place; null where the new name is empty, taken or holds an equals sign. */
export function withVariableRenamed(variables: Variables, from: string, to: string): Variables | null {
	if (to === from) return variables;
	if (to === '' || /[=\0]/.test(to) || variables.has(to)) return null;
	return new Map([...variables].map(([name, variable]) => [name === from ? to : name, variable]));
}
