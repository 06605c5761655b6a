import { describe, expect, test } from 'vitest';
import { createComparison, createEvaluator, parsePolicy } from '../../core/policy';
import { ok } from '../../core/result';
import { viewOf } from '../../core/world-view';
import { emptyWorld } from '../../core/world';
import type { Deck, DeckComponent, Notes } from '../../deck/deck';
import { exampleRequest } from './example-request';
import { WhatIf, type KeptExpectation } from './what-if.svelte';

const allows = (host: string) => `version: "1.0"\npermissions: {network: {allow: [{host: "${host}"}]}}\n`;
const request = { kind: 'network', method: 'GET', url: 'https://a.test/' } as const;

/** The parts of a session that the pane looks at, as state that a test changes. */
class Surface {
	notes = $state.raw<Notes>({ title: 'kept' });
	components = $state.raw<readonly DeckComponent[]>([
		{ id: 'one', policy: allows('a.test') } as DeckComponent,
		{ id: 'two', policy: null } as DeckComponent,
	]);
	engine = $state('0.8.1');
	readonly deck: Pick<Deck, 'notes' | 'setNotes'>;
	readonly policy = {
		compare: ({ policy }: DeckComponent, asked: Parameters<ReturnType<typeof createComparison>>[0]) =>
			createComparison(policy, viewOf(emptyWorld))(asked),
		decide: (
			{ policy }: DeckComponent,
			engine: string,
			asked: Parameters<ReturnType<typeof createEvaluator>>[0],
		) => createEvaluator(policy, engine, viewOf(emptyWorld))(asked),
		isBlank: (id: string) => {
			const { policy } = this.components.find((component) => component.id === id)!;
			return policy !== null && parsePolicy(policy).policy === null;
		},
	};

	constructor() {
		const notes = () => this.notes;
		this.deck = {
			get notes() {
				return notes();
			},
			setNotes: (next: Notes) => {
				this.notes = next;
				return ok(undefined);
			},
		};
	}

	get live() {
		return this;
	}

	get selection() {
		return this;
	}

	get component() {
		return this.components[0] ?? null;
	}

	setPolicy(id: string, policy: string | null) {
		this.components = this.components.map((other) => (other.id === id ? { ...other, policy } : other));
	}
}

function start(): { surface: Surface; desk: WhatIf } {
	const surface = new Surface();
	return { surface, desk: new WhatIf(surface) };
}

function keep(desk: WhatIf, line: string): KeptExpectation {
	desk.text = line;
	const kept = desk.keep();
	return kept.ok ? kept.value : expect.fail(kept.error);
}

describe('a request that is typed', () => {
	test('is asked of every engine as it is typed', () => {
		const { surface, desk } = start();
		expect(desk.parsed).toBeNull();
		desk.text = 'GET https://';
		expect(desk.parsed).toMatchObject({ ok: false });
		expect(desk.comparison).toBeNull();
		desk.text = 'GET https://a.test/';
		expect(desk.comparison).toMatchObject({ agree: true });
		expect(desk.outcome).toBe('allow');
		surface.setPolicy('one', allows('a.test:443'));
		expect(desk.comparison?.parts).toEqual([{ from: '0.8.1', to: 'documented', becomes: 'allow' }]);
		expect(desk.outcome).toBe('deny');
	});

	test('has no verdict while the policy does not parse', () => {
		const { surface, desk } = start();
		desk.text = 'GET https://a.test/';
		surface.setPolicy('one', 'version: "1.0"\npermissions: [');
		expect(desk).toMatchObject({ blank: true, comparison: null, decision: null });
	});

	test('is asked of the component that is chosen, while it is there', () => {
		const { surface, desk } = start();
		desk.text = 'GET https://a.test/';
		desk.chooseComponent('two');
		expect(desk.decision).toMatchObject({ outcome: 'deny', reason: 'no-policy' });
		surface.components = surface.components.slice(0, 1);
		expect(desk.decision).toMatchObject({ outcome: 'allow' });
	});
});

describe('a kept request', () => {
	test('is part of the notes, with the outcome that is decided now', () => {
		const { surface, desk } = start();
		keep(desk, 'GET https://a.test/');
		expect(surface.notes).toEqual({
			title: 'kept',
			expectations: [{ request, outcome: 'allow', component: 'one' }],
		});
		expect(desk.text).toBe('');
	});

	test('is kept with the outcome and the engine that are chosen', () => {
		const { surface, desk } = start();
		desk.text = 'GET https://a.test/';
		desk.engine = 'documented';
		desk.chooseOutcome('deny');
		desk.keep();
		expect(surface.notes.expectations).toEqual([
			{ request, outcome: 'deny', component: 'one', engine: 'documented' },
		]);
		expect(desk.kept).toMatchObject([{ status: 'broken', engine: 'documented' }]);
		expect(desk.engine).toBe('');
	});

	test('turns red when it stops holding, and back', () => {
		const { surface, desk } = start();
		keep(desk, 'GET https://a.test/');
		expect(desk).toMatchObject({ failing: 0, kept: [{ status: 'holds' }] });
		surface.setPolicy('one', allows('a.test:443'));
		expect(desk).toMatchObject({ failing: 1, kept: [{ status: 'broken', decision: { reason: 'no-rule' } }] });
		surface.engine = 'documented';
		expect(desk).toMatchObject({ failing: 0, kept: [{ status: 'holds' }] });
	});

	test('is undecided where nothing can be said, and does not count as failing', () => {
		const { surface, desk } = start();
		keep(desk, 'GET https://a.test/');
		surface.setPolicy('one', 'version: [');
		expect(desk.kept).toMatchObject([{ status: 'undecided', why: 'The policy of one does not parse.' }]);
		surface.components = surface.components.slice(1);
		expect(desk.kept).toMatchObject([{ status: 'undecided', why: 'The component one is not loaded.' }]);
		expect(desk.failing).toBe(0);
		surface.notes = {
			expectations: [
				{ request, outcome: 'deny' },
				{ request, outcome: 'deny', engine: 'x' },
			],
		};
		expect(desk.kept.map(({ status }) => status)).toEqual(['holds', 'undecided']);
	});

	test('is not kept twice', () => {
		const { surface, desk } = start();
		keep(desk, 'GET https://a.test/');
		desk.text = 'GET https://a.test/';
		expect(desk.keep()).toMatchObject({ ok: false, error: 'The same is kept already.' });
		expect(surface.notes.expectations).toHaveLength(1);
	});

	test('can be edited in its place', () => {
		const { surface, desk } = start();
		const first = keep(desk, 'GET https://a.test/');
		keep(desk, 'env A');
		desk.edit(first);
		expect(desk).toMatchObject({ text: 'GET https://a.test/', editing: first });
		desk.text = 'GET https://b.test/';
		// What was expected stays expected while its request is edited.
		expect(desk.outcome).toBe('allow');
		desk.keep();
		expect(surface.notes.expectations).toMatchObject([
			{ request: { url: 'https://b.test/' }, outcome: 'allow' },
			{ request: { key: 'A' }, outcome: 'deny' },
		]);
		expect(desk.editing).toBeNull();
	});

	test('can be opened without being edited', () => {
		const { surface, desk } = start();
		const first = keep(desk, 'GET https://a.test/');
		desk.open(first);
		expect(desk).toMatchObject({ text: 'GET https://a.test/', editing: null });
		desk.text = 'GET https://b.test/';
		desk.keep();
		expect(surface.notes.expectations).toHaveLength(2);
	});

	test('is no longer edited when the session it was in is replaced', () => {
		const { surface, desk } = start();
		desk.edit(keep(desk, 'env A'));
		surface.notes = {};
		expect(desk.editing).toBeNull();
		desk.keep();
		expect(surface.notes.expectations).toHaveLength(1);
	});

	test('can be removed', () => {
		const { surface, desk } = start();
		const first = keep(desk, 'env A');
		keep(desk, 'env B');
		desk.remove(first);
		expect(surface.notes.expectations).toMatchObject([{ request: { key: 'B' } }]);
		for (const { expectation } of desk.kept) desk.remove(expectation);
		expect(surface.notes).toEqual({ title: 'kept' });
	});
});

test('an example is a file of the world, or a host where there is none', () => {
	const node = { kind: 'file', content: new Uint8Array(), size: 0, modified: 0 } as const;
	expect(
		exampleRequest(
			new Map([
				['/a b', node],
				['/data/x.txt', node],
			]),
		),
	).toBe('read /data/x.txt');
	expect(exampleRequest(emptyWorld.files)).toBe('GET https://api.example.com/');
});
