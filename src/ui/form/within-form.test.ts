import { expect, test } from 'vitest';
import type { WitType } from '../../core/wit/types';
import { withinForm } from './within-form';

const pair = (type: WitType): WitType => ({ kind: 'tuple', elements: [type, type] });
const doubled = (depth: number): WitType => (depth === 0 ? { kind: 'u8' } : pair(doubled(depth - 1)));

test('a form shows the types of people as they are', () => {
	const params = [
		{ name: 'a', type: doubled(5) },
		{ name: 'b', type: { kind: 'list', element: doubled(13) } as WitType },
	];
	expect(withinForm(params)).toEqual(params);
});

test('a type of more fields than a browser can show at once is asked for as JSON', () => {
	expect(withinForm([{ name: 'a', type: doubled(13) }])).toEqual([{ name: 'a', type: { kind: 'json' } }]);
	const many = withinForm(Array.from({ length: 1000 }, (_, at) => ({ name: `${at}`, type: doubled(2) })));
	expect(many.filter(({ type }) => type.kind !== 'json').length).toBeLessThan(100);
});
