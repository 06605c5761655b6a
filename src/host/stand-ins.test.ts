import { describe, expect, test } from 'vitest';
import type { StandIn } from '../core/call';
import { parseWit } from '../core/wit';
import { Ending } from './ending';
import { Recorder } from './recorder';
import { createStandIns } from './stand-ins';
import { FakeWorld, thrownBy } from './testing/world';

const wit = `
	package test:guest;
	interface store {
		resource bucket {
			constructor(name: string);
			get: func(key: string) -> result<option<list<u8>>, string>;
			open-all: static func() -> list<bucket>;
			name: static func() -> string;
		}
		open: func(name: string) -> result<bucket, string>;
		lend: func(of: borrow<bucket>) -> option<option<u32>>;
	}
	interface shapes {
		enum colour { red, green }
		variant shape { circle(f32), none }
		flags can { read-it, write-it }
		record all { a-b: u8, big: u64, text: string, items: list<u16>, maybe: option<string>, pair: tuple<s64, bool>, kind: colour, form: shape, rights: can, how: result<u32, string> }
		get-all: func() -> all;
		letter: func() -> char;
		nothing: func();
		done: func() -> result;
	}
	world guest {
		import store;
		import shapes;
		import say: func(text: string) -> string;
		export run: func();
	}`;

function make() {
	const world = parseWit(wit);
	if (!world.ok) throw new Error(world.error.message);
	const fake = new FakeWorld();
	const standIns: StandIn[] = world.value.imports.map((item) => ({ ...item, key: item.name }));
	const provided = (resource: string) => `a ${resource} of the host`;
	const imports = createStandIns(standIns, new Recorder(fake.ports, new Ending()), provided) as Record<
		string,
		// A guest knows these by name alone, as generated code does.
		// eslint-disable-next-line @typescript-eslint/no-explicit-any
		Record<string, any>
	>;
	return { fake, standIns, imports };
}

describe('a stand-in', () => {
	test('answers with the plainest value of each type', () => {
		const { shapes } = inShort(make().imports);
		expect(shapes.getAll()).toEqual({
			aB: 0,
			big: 0n,
			text: '',
			items: new Uint16Array(),
			maybe: undefined,
			pair: [0n, false],
			kind: 'red',
			form: { tag: 'circle', val: 0 },
			rights: { readIt: false, writeIt: false },
			how: { tag: 'ok', val: 0 },
		});
		expect(shapes.letter()).toBe('\0');
		expect(shapes.nothing()).toBeUndefined();
		expect(shapes.done()).toEqual({ tag: 'ok', val: undefined });
	});

	test('gives out resources that can be used', () => {
		const { store } = inShort(make().imports);
		const opened = store.open('x');
		expect(opened.tag).toBe('ok');
		expect(opened.val).toBeInstanceOf(store.Bucket);
		expect(opened.val.get('k')).toEqual({ tag: 'ok', val: undefined });
		expect(new store.Bucket('x').get('k')).toEqual({ tag: 'ok', val: undefined });
		expect(store.Bucket.openAll()).toEqual([]);
		expect(store.Bucket.name()).toBe('');
		expect(store.lend(opened.val)).toEqual({ tag: 'none' });
	});

	test('stands in for a function of the world itself', () => {
		expect(make().imports.say?.default('hi')).toBe('');
	});

	test('is on record with every call', () => {
		const { fake, imports } = make();
		const { store } = inShort(imports);
		new store.Bucket('x').get('k');
		imports.say?.default('hi');
		expect(fake.calls).toMatchObject([
			{
				operation: '[constructor]bucket',
				target: 'test:guest/store',
				reason: 'stand-in',
				capability: 'storage',
			},
			{ operation: '[method]bucket.get', target: 'test:guest/store', outcome: 'allow', rule: null },
			{ operation: 'say', target: 'say', capability: 'environment' },
		]);
	});

	test('takes resources that are not its own from the host, and makes up no streams', () => {
		const { standIns } = make();
		const recorder = new Recorder(new FakeWorld().ports, new Ending());
		const [store] = standIns;
		const imports = createStandIns(
			[
				{
					...store!,
					functions: [
						{ ...store!.functions[0]!, name: 'wait', result: { kind: 'own', resource: 'pollable' } },
						{ ...store!.functions[0]!, name: 'stream', result: { kind: 'stream', element: null } },
					],
				},
			],
			recorder,
			(resource) => `a ${resource} of the host`,
		) as Record<string, Record<string, () => unknown>>;
		expect(imports[store!.key]?.wait?.()).toBe('a pollable of the host');
		expect(thrownBy(() => imports[store!.key]?.stream?.())).toBeInstanceOf(Error);
	});
});

const inShort = (imports: ReturnType<typeof make>['imports']) => ({
	store: imports['test:guest/store']!,
	shapes: imports['test:guest/shapes']!,
});
