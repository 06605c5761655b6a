import { describe, expect, test } from 'vitest';
import type { DeckComponent } from '../../deck/deck';
import type { Session } from '../session.svelte';
import { CallDesk } from './call-desk.svelte';
import type { DeckTool } from './deck-tool';

const broken = 'version: "7"\npermissions: {}\n';
const fine = 'version: "1.0"\npermissions: {}\n';

/** A desk beside a session with one tool, whose component's policy can be edited. */
function openDesk(variables: readonly string[] = ['A']) {
	let component = { id: 'a', policy: fine, revision: 1 } as unknown as DeckComponent;
	const ran: string[] = [];
	const live = {
		engine: '0.8.0',
		world: { variables: new Map(variables.map((key) => [key, { value: '1', secret: true }])) },
	};
	const session = {
		live,
		selection: {
			get tool() {
				return { key: 'a/x', name: 'x', component, server: null } as unknown as DeckTool;
			},
		},
		console: { ready: () => ({}), run: () => void ran.push(component.policy ?? 'none') },
		steps: { running: false },
		layout: { openDrawer: () => {} },
	} as unknown as Session;
	return {
		desk: new CallDesk(session),
		live,
		ran,
		edit: (policy: string | null) => {
			component = { ...component, policy, revision: component.revision + 1 };
		},
	};
}

describe('Run under a policy that does not parse', () => {
	test('asks before it hands everything over, and again once the policy was edited', () => {
		const { desk, ran, edit } = openDesk();
		desk.submit();
		expect([desk.handsOver, desk.asksHandOver, ran.length]).toEqual([null, false, 1]);
		edit(broken);
		desk.submit();
		expect([desk.handsOver, desk.asksHandOver, ran.length]).toEqual(['broken', true, 1]);
		desk.submitAnyway();
		desk.submit();
		expect([desk.asksHandOver, ran.length]).toEqual([false, 3]);
		edit(`${broken}# more\n`);
		desk.submit();
		expect([desk.asksHandOver, ran.length]).toEqual([true, 3]);
		edit(fine);
		desk.submit();
		expect([desk.asksHandOver, ran.length]).toEqual([false, 4]);
	});

	test('asks nothing where there is nothing to hand over, or the engine hands over nothing', () => {
		const bare = openDesk([]);
		bare.edit(broken);
		bare.desk.submit();
		expect([bare.desk.handsOver, bare.desk.asksHandOver, bare.ran.length]).toEqual([null, false, 1]);
		const documented = openDesk();
		documented.live.engine = 'documented';
		documented.edit(broken);
		documented.desk.submit();
		expect([documented.desk.asksHandOver, documented.ran.length]).toEqual([false, 1]);
	});

	test('says that a component without a policy is handed everything, and runs it', () => {
		const { desk, ran, edit } = openDesk();
		edit(null);
		desk.submit();
		expect([desk.handsOver, desk.asksHandOver, ran]).toEqual(['none', false, ['none']]);
	});
});
