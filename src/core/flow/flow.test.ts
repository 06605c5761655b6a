import { describe, expect, test } from 'vitest';
import { parseScenario, printScenario } from '../scenario';
import type { SavedCall } from '../scenario/check-call';
import { inputSchemaOf, outputSchemaOf } from '../wit/schema';
import type { Json, JsonSchema, WitType } from '../wit/types';
import { flowGroups, flowTool, placesIn, reorderSteps, resolveCall, schemaAtPointer, schemasFit } from '.';
import type { StepEnd, StepTool } from '.';
import { withoutBindings } from './binding';
import { valueAt } from './pointer';

const string = { kind: 'string' } as const;
const u32 = { kind: 'u32' } as const;
const person: WitType = {
	kind: 'record',
	name: 'person',
	fields: [
		{ name: 'name', type: string },
		{ name: 'age', type: u32 },
	],
};
const tool = (params: { readonly [name: string]: WitType }, result: WitType | null): StepTool => {
	const fn = {
		interface: null,
		name: 'f',
		params: Object.entries(params).map(([name, type]) => ({ name, type })),
		result,
	};
	const outputSchema = outputSchemaOf(fn);
	return { inputSchema: inputSchemaOf(fn), ...(outputSchema && { outputSchema }) };
};
const tools: { readonly [name: string]: StepTool } = {
	fetch: tool({ url: string }, { kind: 'result', ok: person, err: string }),
	greet: tool({ name: string, times: u32 }, string),
	store: tool({ path: string, text: string }, null),
};
const toolOf = (name: string) => tools[name] ?? null;

const fetchStep: SavedCall = { tool: 'fetch', arguments: { url: 'https://a.example/' } };
const greetStep: SavedCall = {
	tool: 'greet',
	arguments: { name: 'nobody', times: 2 },
	take: { name: { from: 1, pointer: '/ok/name' } },
};
const end = (value: Json | undefined, outcome: StepEnd['outcome'] = 'result'): StepEnd => ({
	tool: 'fetch',
	outcome,
	value,
});
const resolve = (call: SavedCall, first?: StepEnd, number = 2) =>
	resolveCall(call, number, {
		ended: (step) => (step === 1 ? first : undefined),
		inputSchema: toolOf(call.tool)?.inputSchema ?? null,
	});

describe('a JSON pointer', () => {
	const value: Json = { 'a/b': [1, { '~': 'x' }], '': 0 };
	test.each([
		['', value],
		['/a~1b/1/~0', 'x'],
		['/', 0],
		['/a~1b/0', 1],
	])('%j points at its place', (pointer, wanted) => {
		expect(valueAt(value, pointer)).toEqual({ ok: true, value: wanted });
	});
	test.each([
		['/gone', 'the result has no "gone"'],
		['/a~1b/01', '/a~1b has no "01"'],
		['/a~1b/2', '/a~1b has no "2"'],
		['/a~1b/length', '/a~1b has no "length"'],
		['/__proto__', 'the result has no "__proto__"'],
		['no', 'no is no JSON pointer'],
		['/~2', '/~2 is no JSON pointer'],
	])('%j points at nothing, and says where its way ends', (pointer, error) => {
		expect(valueAt(value, pointer)).toEqual({ ok: false, error });
	});
});

describe('a step', () => {
	test('takes its argument from where the pointer points, in place of the saved one', () => {
		expect(resolve(greetStep, end({ ok: { name: 'Ada', age: 36 } }))).toEqual({
			ok: true,
			value: { name: 'Ada', times: 2 },
		});
	});

	test.each([
		[end({ err: 'gone' }, 'err'), 'is taken from step 1 (fetch), which ended in an err.'],
		[end(undefined, 'error'), 'is taken from step 1 (fetch), which ended in an error.'],
		[undefined, 'is taken from step 1, which has not run.'],
		[end(undefined), 'is taken from step 1 (fetch), which gave no result.'],
		[
			end({ ok: { age: 3 } }),
			'is taken from /ok/name of step 1 (fetch), and nothing is there: /ok has no "name".',
		],
		[
			end({ ok: { name: 7 } }),
			'is taken from /ok/name of step 1 (fetch), and that does not fit its type: /: Instance type "number" is invalid. Expected "string"..',
		],
	])('stops its flow by name where there is nothing to take: %j', (first, words) => {
		expect(resolve(greetStep, first)).toEqual({
			ok: false,
			error: `The argument name of step 2 (greet) ${words}`,
		});
	});

	test('takes nothing from itself or from later steps', () => {
		const call = { ...greetStep, take: { name: { from: 2, pointer: '' } } };
		expect(resolve(call, end('x'))).toMatchObject({
			error: expect.stringContaining('only the result of an earlier step') as string,
		});
	});

	test('has its saved value for an input, unless the flow was called with one', () => {
		const call: SavedCall = { ...fetchStep, take: { url: { input: 'page' } } };
		expect(resolve(call)).toMatchObject({ value: { url: 'https://a.example/' } });
		const asked = (inputs: { readonly [name: string]: Json }) =>
			resolveCall(call, 1, { ended: () => undefined, inputs, inputSchema: null });
		expect(asked({ page: 'https://b.example/' })).toMatchObject({ value: { url: 'https://b.example/' } });
		expect(asked({})).toMatchObject({ error: expect.stringContaining('its argument page') as string });
	});
});

describe('schemas', () => {
	const of = (type: WitType): JsonSchema =>
		outputSchemaOf({ interface: null, name: 'f', params: [], result: type })!;
	test('have places to take from, without the err of a result', () => {
		expect(
			placesIn(schemaAtPointer(tools.fetch!.outputSchema!, '/result')!).map(({ pointer }) => pointer),
		).toEqual(['', '/ok', '/ok/name', '/ok/age']);
	});
	test.each<[WitType, WitType, string]>([
		[string, string, 'always'],
		[u32, string, 'never'],
		[{ kind: 'enum', name: 'e', cases: ['a', 'b'] }, string, 'always'],
		[string, { kind: 'enum', name: 'e', cases: ['a', 'b'] }, 'sometimes'],
		[{ kind: 'enum', name: 'e', cases: ['x'] }, { kind: 'enum', name: 'e', cases: ['a'] }, 'never'],
		[string, { kind: 'option', element: string }, 'always'],
		[{ kind: 'option', element: string }, string, 'sometimes'],
		[person, person, 'always'],
		[{ ...person, fields: [{ name: 'name', type: string }] }, person, 'never'],
		[{ kind: 'list', element: string }, { kind: 'list', element: u32 }, 'never'],
		[{ kind: 'tuple', elements: [string, u32] }, { kind: 'tuple', elements: [string, u32] }, 'always'],
		[{ kind: 'tuple', elements: [string] }, { kind: 'tuple', elements: [string, u32] }, 'never'],
	])('of %j stand where %j is asked for: %s', (source, target, fit) => {
		expect(schemasFit(schemaAtPointer(of(source), '/result')!, schemaAtPointer(of(target), '/result')!)).toBe(
			fit,
		);
	});
});

describe('a flow as one tool', () => {
	const open: SavedCall = { ...fetchStep, take: { url: { input: 'page' } } };
	const flow = { name: 'hello', steps: [1, 2] };
	test('asks for what its steps leave open, and gives what its last step gives', () => {
		expect(flowTool(flow, [open, greetStep], toolOf)).toMatchObject({
			value: {
				inputSchema: { type: 'object', properties: { page: { type: 'string' } }, required: ['page'] },
				outputSchema: tools.greet!.outputSchema,
			},
		});
	});

	test.each<[string, readonly SavedCall[]]>([
		['calls gone, which is not loaded', [open, { tool: 'gone', arguments: {} }]],
		[
			'never of the type that it takes',
			[open, { ...greetStep, take: { name: { from: 1, pointer: '/ok/age' } } }],
		],
		[
			'whose results have nothing there',
			[open, { ...greetStep, take: { name: { from: 1, pointer: '/name' } } }],
		],
		['does not come before it', [{ ...fetchStep, take: { url: { from: 2, pointer: '' } } }, greetStep]],
		[
			'no part of the flow',
			[open, { ...greetStep, take: { name: { from: 1, pointer: '/ok/name' } } }, greetStep],
		],
		['exclude each other', [open, { ...greetStep, take: { times: { input: 'page' } } }]],
	])('is not offered where it could not work: %s', (words, calls) => {
		const steps = calls.length === 3 ? [2, 3] : [1, 2];
		const made = flowTool({ ...flow, steps }, calls, toolOf);
		expect(made.ok ? '' : made.error).toContain(words);
	});
});

describe('steps', () => {
	test('that take from each other are one flow', () => {
		const alone: SavedCall = { tool: 'greet', arguments: {} };
		const last: SavedCall = { ...alone, take: { name: { from: 3, pointer: '' } } };
		expect(flowGroups([fetchStep, alone, greetStep, last])).toEqual([0, 1, 0, 0]);
		expect(flowGroups([alone, alone])).toEqual([0, 1]);
	});

	test('keep what they take when they move, and what is saved when it is gone', () => {
		const alone: SavedCall = { tool: 'store', arguments: {} };
		const notes = {
			calls: [alone, fetchStep, { ...greetStep, take: { name: { from: 2, pointer: '/ok/name' } } }],
			flows: [{ name: 'f', steps: [2, 3] }],
		};
		expect(reorderSteps(notes, [1, 2, 0])).toEqual({
			calls: [fetchStep, greetStep, alone],
			flows: [{ name: 'f', steps: [1, 2] }],
		});
		const saved = withoutBindings(greetStep);
		expect(reorderSteps(notes, [0, 2])).toEqual({
			calls: [alone, saved],
			flows: [{ name: 'f', steps: [2] }],
		});
		expect(reorderSteps(notes, [0])).toEqual({ calls: [alone], flows: undefined });
	});
});

test('a scenario carries flows, and one without them reads as it did', () => {
	const scenario = {
		version: 1,
		components: [],
		calls: [fetchStep, greetStep],
		flows: [{ name: 'hello', steps: [1, 2] }],
	};
	const parsed = parseScenario(scenario);
	expect(parsed).toMatchObject({ ok: true });
	expect(parsed.ok && JSON.parse(printScenario(parsed.value))).toEqual(scenario);
	expect(parseScenario({ version: 1, components: [], calls: [fetchStep] })).toEqual({
		ok: true,
		value: { version: 1, components: [], calls: [fetchStep] },
	});
	for (const binding of [{ from: 0, pointer: '' }, { from: 1, pointer: 'x' }, { from: 1 }, { input: '' }, {}])
		expect(
			parseScenario({ ...scenario, calls: [{ ...fetchStep, take: { url: binding } }] }).ok,
			JSON.stringify(binding),
		).toBe(false);
});
