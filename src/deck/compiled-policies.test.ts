import { expect, test } from 'vitest';
import type { World } from '../core/world';
import { CompiledPolicies } from './compiled-policies';
import type { DeckComponent } from './contents';

const world = {
	files: new Map(),
	variables: new Map([
		['PLAIN', { value: '1', secret: false }],
		['TYPED', { value: 'by the reader', secret: true }],
	]),
} as unknown as World;

const broken = 'version: "7"\npermissions: {}\n';
const empty = 'version: "1.0"\npermissions: {}\n';
const all = ['PLAIN', 'TYPED'];

test.each<[policy: string | null, untouched: boolean, engine: string, seen: readonly string[]]>([
	[broken, true, '0.8.0', ['PLAIN']],
	[broken, true, '0.2.0', ['PLAIN']],
	[broken, false, '0.8.0', all],
	[broken, false, '0.4.0', all],
	[null, true, '0.8.0', all],
	[empty, true, '0.2.0', []],
	[broken, false, 'documented', []],
	[broken, true, 'documented', []],
])('the policy %j, as it came: %s, hands over under %s: %j', (policy, policyUntouched, engine, seen) => {
	const component = { policy, policyUntouched } as unknown as DeckComponent;
	const grants = new CompiledPolicies().of(component, engine, world);
	expect(grants.ok && grants.value.variables.map(({ key }) => key)).toEqual(seen);
});
