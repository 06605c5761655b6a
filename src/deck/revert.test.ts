import { describe, expect, test } from 'vitest';
import type { ActivityEntry } from '../core/activity';
import { defaultLimits } from '../core/call';
import { worldOf } from '../core/scenario';
import type { DeckComponent } from './contents';
import { revertChange, type DeckMoment } from './revert';

const component = (id: string, policy: string | null = 'version: "1.0"\n'): DeckComponent => ({
	...{ id, sha256: id.repeat(64).slice(0, 64), size: 8, tools: [], wit: '', policy, revision: 1 },
	program: { source: '', modules: [], imports: [], mode: 'jspi' },
	...{ missing: [], standIns: [], notes: [], source: { file: `${id}.wasm` }, bytes: new Uint8Array() },
});

const moment: DeckMoment = {
	components: [component('a'), component('b'), component('c')],
	engine: '0.8.1',
	world: worldOf({
		files: { '/data/a.txt': 'a', '/data/deep/b.txt': 'b', '/other': 'o' },
		variables: { ONE: '1', TWO: '2', THREE: '3' },
		routes: [{ url: 'https://a.test/' }, { url: 'https://b.test/' }],
	}),
	limits: defaultLimits,
	notes: {
		calls: [
			{ tool: 'x', arguments: {} },
			{ tool: 'y', arguments: {} },
		],
	},
	activity: [],
};
const { world } = moment;

const without = <T>(map: ReadonlyMap<string, T>, test: (key: string) => boolean) =>
	new Map([...map].filter(([key]) => !test(key)));

describe('a change that is taken back', () => {
	test('brings a component back with its policy, in its place', () => {
		const after = { ...moment, components: moment.components.filter(({ id }) => id !== 'b') };
		const now = { ...after, components: [...after.components, component('d')] };
		expect(revertChange(moment, after, now)?.components.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
	});

	test('does not apply where another component took the name since', () => {
		const after = { ...moment, components: moment.components.filter(({ id }) => id !== 'b') };
		expect(revertChange(moment, after, { ...after, components: moment.components })).toBeNull();
	});

	test('brings back a component that was loaded over', () => {
		const other = { ...component('b', null), sha256: 'f'.repeat(64) };
		const after = { ...moment, components: moment.components.with(1, other) };
		expect(revertChange(moment, after, after)?.components).toEqual(moment.components);
	});

	test('takes a grant out of a policy, and leaves the comment that was typed since', () => {
		const [granted, typed] = [
			'version: "1.0"\npermissions: {}\n',
			'# mine\nversion: "1.0"\npermissions: {}\n',
		];
		const after = { ...moment, components: moment.components.with(0, component('a', granted)) };
		const now = { ...after, components: after.components.with(0, component('a', typed)) };
		expect(revertChange(moment, after, now)?.components[0]?.policy).toBe('# mine\nversion: "1.0"\n');
	});

	test('attaches a policy again, unless another one was attached since', () => {
		const after = { ...moment, components: moment.components.with(0, component('a', null)) };
		expect(revertChange(moment, after, after)?.components[0]?.policy).toBe('version: "1.0"\n');
		const now = { ...moment, components: moment.components.with(0, component('a', 'other\n')) };
		expect(revertChange(moment, after, now)).toBeNull();
	});

	test('brings a variable back in its place, and leaves one that was added since', () => {
		const after = {
			...moment,
			world: { ...world, variables: without(world.variables, (key) => key === 'TWO') },
		};
		const variables = new Map(after.world.variables).set('FOUR', { value: '4', secret: false });
		const now = { ...after, world: { ...after.world, variables } };
		expect([...revertChange(moment, after, now)!.world.variables.keys()]).toEqual([
			'ONE',
			'TWO',
			'THREE',
			'FOUR',
		]);
	});

	test('brings a folder back with all below it, and leaves a file that was written since', () => {
		const after = {
			...moment,
			world: { ...world, files: without(world.files, (path) => path.startsWith('/data')) },
		};
		const files = new Map(after.world.files).set('/new', world.files.get('/other')!);
		const reverted = revertChange(moment, after, { ...after, world: { ...after.world, files } });
		expect([...reverted!.world.files.keys()].sort()).toEqual([...world.files.keys(), '/new'].sort());
	});

	test('does not apply where something else stands in the place of the folder', () => {
		const after = {
			...moment,
			world: { ...world, files: without(world.files, (path) => path.startsWith('/data')) },
		};
		const files = new Map(after.world.files).set('/data', world.files.get('/other')!);
		expect(revertChange(moment, after, { ...after, world: { ...after.world, files } })).toBeNull();
	});

	test('brings a step and a route back, each in its place', () => {
		const [, y] = moment.notes.calls!;
		const after = {
			...moment,
			world: { ...world, routes: world.routes.slice(1) },
			notes: { calls: [y!] },
		};
		const more = { tool: 'z', arguments: {} };
		const now = { ...after, notes: { calls: [y!, more] } };
		const reverted = revertChange(moment, after, now)!;
		expect(reverted.notes.calls?.map(({ tool }) => tool)).toEqual(['x', 'y', 'z']);
		expect(reverted.world.routes).toEqual(world.routes);
	});

	test('leaves another setting of the world as it was set since', () => {
		const after = { ...moment, world: { ...world, random: { seed: '1' } } };
		const now = { ...after, world: { ...after.world, arguments: ['x'] } };
		expect(revertChange(moment, after, now)?.world).toMatchObject({ random: 'live', arguments: ['x'] });
		expect(
			revertChange(moment, after, { ...after, world: { ...after.world, random: { seed: '2' } } }),
		).toBeNull();
	});

	test('puts cleared activity before what was recorded since', () => {
		const entry = (id: number) => ({ kind: 'output', id }) as ActivityEntry;
		const before = { ...moment, activity: [entry(1), entry(2)] };
		const after = { ...moment, activity: [entry(2)] };
		const now = { ...moment, activity: [entry(2), entry(3)] };
		expect(revertChange(before, after, now)?.activity.map(({ id }) => id)).toEqual([1, 2, 3]);
	});
});
