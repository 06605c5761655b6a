import { describe, expect, test } from 'vitest';
import { parseWit } from '../core/wit/parse-wit';
import type { DeckComponent } from './contents';
import { joinPlan } from './join-plan';

const interfaces =
	'package t:i { interface a { f: func(); } interface b { f: func(); } interface c { f: func(); } }';
function component(
	id: string,
	world: string,
	links: Readonly<Record<string, string>>,
	more: Partial<DeckComponent> = {},
): DeckComponent {
	const wit = `package t:root;\nworld root { ${world} }\n${interfaces}`;
	const parsed = parseWit(wit);
	if (!parsed.ok) throw new Error(parsed.error.message);
	return {
		...{ id, sha256: id, size: 1, wit, tools: [], standIns: [], notes: [] },
		...{ source: { file: id }, bytes: new Uint8Array(), policy: null, revision: 1, links },
		program: { source: id, modules: [], imports: [], mode: 'jspi' },
		missing: parsed.value.imports.map(({ name }) => name),
		...more,
	};
}
const [a, b, c] = ['t:i/a', 't:i/b', 't:i/c'];

describe('what becomes one component', () => {
	test('is a component with all that provide for it, each once, with what stays to be given', () => {
		const root = component('root', `import ${a}; import ${b};`, { [a]: 'one', [b]: 'two' });
		const one = component('one', `import ${b}; export ${a};`, { [b]: 'two' });
		const two = component('two', `import ${c}; export ${b};`, {});
		const other = component('other', `export ${c};`, {});
		const plan = joinPlan(root, [other, two, one, root]);
		expect(plan.ok && { ...plan.value, parts: plan.value.parts.map(({ id }) => id) }).toEqual({
			parts: ['root', 'one', 'two'],
			links: [
				{ user: 'root', imported: a, provider: 'one', exported: a },
				{ user: 'root', imported: b, provider: 'two', exported: b },
				{ user: 'one', imported: b, provider: 'two', exported: b },
			],
			staying: [{ imported: c, by: 'two' }],
		});
	});

	test('is refused by name in a circle, for a provider that is gone or not built, and alone', () => {
		const round = component('round', `import ${a}; export ${b};`, { [a]: 'back' });
		const back = component('back', `import ${b}; export ${a};`, { [b]: 'round' });
		expect(joinPlan(round, [round, back])).toMatchObject({
			error: expect.stringContaining('in a circle (round → back → round)') as string,
		});
		expect(joinPlan(round, [round])).toMatchObject({
			error: expect.stringContaining('no component back is loaded') as string,
		});
		const unbuilt = component('back', `export ${a};`, {}, { unbuilt: true });
		expect(joinPlan(round, [round, unbuilt])).toMatchObject({
			error: 'back is not built yet. Call one of its tools first.',
		});
		expect(joinPlan(component('alone', `export ${a};`, {}), [])).toMatchObject({
			error: 'No component provides anything for alone.',
		});
	});
});
