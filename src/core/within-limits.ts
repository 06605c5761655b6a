import type { SavedCall } from './scenario/check-call';
import type { Scenario } from './scenario/schema';
import { treeProblem } from './file-tree';
import { most, statuses } from './limits';
import type { Route, World } from './world';

/** Why something is not taken, in a sentence; null where it is. */
type Problem = string | null;

type Notes = Pick<Scenario, 'title' | 'description' | 'calls' | 'flows' | 'expectations'>;

const number = (value: number) => value.toLocaleString('en');

const tooLong = (what: string, text: string | undefined, length: number): Problem =>
	text !== undefined && text.length > length
		? `${what} has ${number(text.length)} characters; at most ${number(length)} are taken.`
		: null;

const tooMany = (what: string, now: number, before: number, count: number): Problem =>
	now > count && now > before ? `There is room for ${number(count)} ${what}. Remove one first.` : null;

/** The first problem of a list. */
function first<T>(items: Iterable<T>, problemOf: (item: T) => Problem): Problem {
	for (const item of items) {
		const problem = problemOf(item);
		if (problem !== null) return problem;
	}
	return null;
}

export const policyProblem = (text: string | null): Problem =>
	tooLong('This policy', text ?? undefined, most.policyText);

/** A name that no record of a document has room for, as an object would take it for its prototype. */
const noName = (what: string, name: string): Problem =>
	name === '__proto__' ? `${what} cannot be called __proto__.` : null;

/** Of a component's id beside `others`, how many there are already. */
export const componentProblem = (id: string, others: number): Problem =>
	(id === '' ? 'A component needs an id.' : null) ??
	tooLong('The id of this component', id, most.componentId) ??
	tooMany('components in a deck', others + 1, others, most.components);

export const variableProblem = (name: string, value: string): Problem =>
	(name === '' || /[=\0]/.test(name) ? 'Give a name without “=”.' : null) ??
	noName('A variable', name) ??
	tooLong('The name of this variable', name, most.variableName) ??
	tooLong(`The value of ${name.slice(0, 100)}`, value, most.variableValue);

export function routeProblem({ method, url, status, headers = [], delayMs, failure }: Route): Problem {
	const isStatus =
		status === undefined || (Number.isInteger(status) && status >= statuses.least && status <= statuses.most);
	const isDelay = delayMs === undefined || (delayMs >= 0 && delayMs <= most.delayMs);
	return (
		tooLong('The method', method, most.method) ??
		tooLong('The pattern', url, most.routeUrl) ??
		tooLong('The error code', failure, most.failureName) ??
		(isStatus ? null : `A status is a whole number from ${statuses.least} to ${statuses.most}.`) ??
		(isDelay ? null : `A delay has up to ${number(most.delayMs)} milliseconds.`) ??
		tooMany('headers in a route', headers.length, 0, most.headers) ??
		first(
			headers,
			([name, value]) =>
				tooLong('The name of a header', name, most.headerName) ??
				tooLong(`The header ${name.slice(0, 100)}`, value, most.headerValue),
		)
	);
}

/** What of a world is too much, against the one `before` it: what was there already stays as it is. */
export function worldProblem(world: World, before: World): Problem {
	const { files, variables, routes, arguments: args, random, clock } = world;
	const known = before.variables;
	return (
		(files === before.files ? null : treeProblem(files, before.files)) ??
		(variables === known ? null : tooMany('variables', variables.size, known.size, most.variables)) ??
		first(variables === known ? [] : variables, ([name, { value }]) =>
			known.get(name)?.value === value ? null : variableProblem(name, value),
		) ??
		tooMany('routes', routes.length, before.routes.length, most.routes) ??
		first(routes, (route) => (before.routes.includes(route) ? null : routeProblem(route))) ??
		(args === before.arguments ? null : argumentsProblem(args)) ??
		(random === 'live' ? null : tooLong('The seed', random.seed, most.seed)) ??
		(clock === 'live' || clock === before.clock ? null : clockProblem(clock.start))
	);
}

export const argumentsProblem = (args: readonly string[]): Problem =>
	tooMany('arguments', args.length, 0, most.arguments) ??
	first(args, (arg) => tooLong('An argument', arg, most.argument));

/** Of the time that a fixed clock starts at. Documents have room for years of four digits. */
export const clockProblem = (start: string): Problem =>
	/^\d{4}-\d\d-\d\dT/.test(start) ? null : 'Give a date between the years 0 and 9999.';

/** The same for what a session carries beside what decides. */
export function notesProblem(notes: Notes, before: Notes): Problem {
	const { title, description, calls = [], flows = [], expectations = [] } = notes;
	return (
		tooLong('The title', title, most.title) ??
		tooLong('The description', description, most.description) ??
		tooMany('saved calls', calls.length, before.calls?.length ?? 0, most.calls) ??
		first(calls, (call) => (before.calls?.includes(call) ? null : callProblem(call))) ??
		tooMany('flows', flows.length, before.flows?.length ?? 0, most.flows) ??
		first(flows, (flow) => (before.flows?.includes(flow) ? null : flowProblem(flow))) ??
		tooMany(
			'rows of expected decisions',
			expectations.length,
			before.expectations?.length ?? 0,
			most.expectations,
		) ??
		first(expectations, (one) => (before.expectations?.includes(one) ? null : expectationProblem(one)))
	);
}

const flowProblem = ({ name, description, steps }: NonNullable<Notes['flows']>[number]): Problem =>
	tooLong('The name of the flow', name, most.flowName) ??
	(/^[A-Za-z0-9_-]+$/.test(name) ? null : 'A flow is named with letters, digits, “-” and “_”.') ??
	tooLong('What is said of the flow', description, most.description) ??
	tooMany('steps in a flow', steps.length, 0, most.calls) ??
	first(steps, stepProblem);

const stepProblem = (step: number): Problem =>
	Number.isInteger(step) && step >= 1 && step <= most.calls
		? null
		: `A step is a whole number from 1 to ${number(most.calls)}.`;

/** Of an argument that comes from elsewhere. */
const takeProblem = ([name, binding]: readonly [string, NonNullable<SavedCall['take']>[string]]): Problem =>
	noName('An argument', name) ??
	tooLong('The name of an argument', name, most.argumentName) ??
	('input' in binding
		? ((binding.input === '' ? `Give the input for ${name.slice(0, 100)} a name.` : null) ??
			noName('An input', binding.input) ??
			tooLong('The name of an input', binding.input, most.argumentName))
		: (stepProblem(binding.from) ??
			tooLong('The pointer', binding.pointer, most.pointer) ??
			(/^(?:\/(?:[^~/]|~[01])*)*$/.test(binding.pointer)
				? null
				: 'A place in a result is written as a JSON pointer, such as /ok/name.')));

const callProblem = ({ tool, arguments: args, take = {}, expect }: SavedCall): Problem =>
	tooLong('The name of the tool', tool, most.toolName) ??
	first(
		Object.keys(args),
		(name) => noName('An argument', name) ?? tooLong('The name of an argument', name, most.argumentName),
	) ??
	tooMany('arguments that are taken', Object.keys(take).length, 0, most.takes) ??
	first(Object.entries(take), takeProblem) ??
	tooLong('The expected text', expect?.text, most.expectedText) ??
	tooMany('expected decisions', expect?.activity?.length ?? 0, 0, most.expectedDecisions) ??
	first(expect?.activity ?? [], ({ target }) => tooLong('An expected target', target, most.routeUrl));

function expectationProblem({ request }: NonNullable<Notes['expectations']>[number]): Problem {
	switch (request.kind) {
		case 'network':
			return (
				tooLong('The method', request.method, most.method) ??
				tooLong('The address', request.url, most.routeUrl)
			);
		case 'storage':
			return tooLong('The path', request.path, most.pathBytes);
		case 'environment':
			return tooLong('The name of the variable', request.key, most.variableName);
	}
}
