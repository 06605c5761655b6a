/** The variables that a server is configured with while policies are asked what a guest then sees. */
export const configured = {
	A: '1',
	5: 'five',
	true: 't',
	yes: 'y',
	'A B': 'ab',
	'1_000': 'k',
	'1.50': 'f2',
	'.inf': 'i',
	'2026-01-01': 'd',
};

/** The component and the tool that show what a policy text does: how many pages of memory there are, or which variables. */
export const askedBy = {
	memory: { id: 'memory-hog', path: 'static-components/memory-hog/memory-hog.wasm', tool: 'grab-all' },
	variables: { id: 'variables', path: 'e2e/components/variables/variables.wasm', tool: 'variables' },
};

/** The effect that an answer shows: the number or the error as it is, or the configured variables among those seen, in order; `all` for all. */
export function effectOf(asks, { text, isError }) {
	if (asks === 'memory' || isError) return text;
	const seen = JSON.parse(text).filter(([key]) => Object.hasOwn(configured, key));
	if (seen.length === Object.keys(configured).length) return 'all';
	return seen.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A policy text as a case with one step, for the players of cases. */
export const caseOfPolicy = ({ name, policy, asks }) => {
	const { id, path, tool } = askedBy[asks];
	return {
		name,
		area: 'policies',
		components: { [id]: path },
		policies: { [id]: policy },
		environment: configured,
		files: {},
		steps: [{ tool, arguments: '{}' }],
	};
};
