import { describe, expect, test } from 'vitest';
import type { HostCall } from '../activity';
import { worldOf } from '../scenario';
import { letThrough } from './let-through';
import { processConfinement } from './process-confinement';

const world = worldOf({ files: { '/data/a': 'a' }, variables: { TOKEN: 't', HOME: '/' } });
const confinement = processConfinement(world);

const call = (facts: Partial<HostCall>): HostCall => ({
	capability: 'storage',
	operation: 'open-at read',
	target: '/data/a',
	outcome: 'allow',
	rule: null,
	reason: 'granted',
	at: 0,
	access: 'read',
	...facts,
});

const sorted = (...calls: Partial<HostCall>[]) =>
	letThrough(calls.map(call), confinement, world.variables.keys());
const pairs = (list: readonly { target: string; verdict: string }[]) =>
	list.map(({ target, verdict }) => `${target} ${verdict}`);

describe('what a call got', () => {
	test('names each target once, with the best of its attempts', () => {
		const { read } = sorted(
			{ outcome: 'deny', reason: 'no-rule' },
			{ result: 'no-entry' },
			{},
			{ outcome: 'deny', reason: 'no-rule' },
		);
		expect(pairs(read)).toEqual(['/data/a let-through']);
	});

	test('tells what is not there from what was denied', () => {
		const { read } = sorted(
			{ target: '/x', result: 'no-entry' },
			{ target: '/y', outcome: 'deny', reason: 'no-rule' },
		);
		expect(pairs(read)).toEqual(['/x nothing-there', '/y denied']);
	});

	test('counts neither looks nor steps on the way', () => {
		const { read } = sorted(
			{ operation: 'stat-at' },
			{ target: '/data' },
			{ target: '/data', operation: 'read-directory' },
		);
		expect(read).toMatchObject([{ target: '/data', detail: 'a directory, its names listed' }]);
	});

	test('keeps writes apart from reads', () => {
		const { read, written } = sorted({}, { access: 'write', operation: 'open-at create', target: '/data/b' });
		expect(pairs(read)).toEqual(['/data/a let-through']);
		expect(pairs(written)).toEqual(['/data/b let-through']);
	});

	test('names hosts, not addresses', () => {
		const { hosts } = sorted(
			{ capability: 'network', operation: 'GET', target: 'https://a.test/x?loot=1' },
			{ capability: 'network', operation: 'POST', target: 'https://a.test/y' },
		);
		expect(pairs(hosts)).toEqual(['a.test let-through']);
	});

	test('counts every variable where the whole environment was asked for', () => {
		const seen = { capability: 'environment', operation: 'get-environment', target: 'TOKEN' } as const;
		expect(pairs(sorted(seen).variables)).toEqual(['TOKEN let-through', 'HOME denied']);
		expect(pairs(sorted({ ...seen, operation: 'config get' }).variables)).toEqual(['TOKEN let-through']);
	});
});
