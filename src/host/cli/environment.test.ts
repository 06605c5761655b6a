import { describe, expect, test } from 'vitest';
import type { Grants } from '../../core/policy/types';
import { createConfig } from '../config';
import { Ending } from '../ending';
import { createGuestGate } from '../gate';
import { Recorder } from '../recorder';
import { FakeWorld, noGrants, setupWith } from '../testing/world';
import { createEnvironment } from './environment';

const rule = { text: 'key: API_KEY', line: 7 };
const granted: Grants['variables'] = [
	{ key: 'API_KEY', rule, reason: 'granted' },
	{ key: 'UNSET', rule: { text: 'key: UNSET', line: 8 }, reason: 'granted' },
	{ key: 'TOKEN', rule: null, reason: 'secret' },
];

function make(
	grants: Partial<Grants> = {},
	values: readonly (readonly [string, string])[] = [
		['API_KEY', 'k'],
		['TOKEN', 't'],
	],
) {
	const world = new FakeWorld();
	const recorder = new Recorder(world.ports, new Ending());
	const setup = setupWith({
		grants: { variables: granted, ...grants },
		variables: values,
		surroundings: { arguments: ['tool', '--fast'] },
	});
	const imports = {
		...createEnvironment(setup, recorder),
		...createConfig(setup, createGuestGate(setup.grants, recorder)),
	};
	const environment = imports['wasi:cli/environment'] as {
		getEnvironment(): [string, string][];
		getArguments(): string[];
		initialCwd(): string | undefined;
	};
	const config = imports['wasi:config/store'] as {
		get(key: string): string | undefined;
		getAll(): [string, string][];
	};
	const rows = () =>
		world.calls.map(
			({ operation, target, outcome, reason }) => `${operation} ${target} ${outcome} ${reason}`,
		);
	return { world, environment, config, imports, rows };
}

describe('the environment', () => {
	test('without a granted variable is recorded as asked for, once, so that the page can say what was withheld', () => {
		const { environment, rows } = make({ variables: [] }, []);
		expect(environment.getEnvironment()).toEqual([]);
		environment.getEnvironment();
		expect(rows()).toEqual(['get-environment  deny no-rule']);
	});

	test('holds the granted variables, each recorded with its rule, once', () => {
		const { world, environment, rows } = make();
		expect(environment.getEnvironment()).toEqual([
			['API_KEY', 'k'],
			['TOKEN', 't'],
		]);
		environment.getEnvironment();
		expect(rows()).toEqual(['get-environment API_KEY allow granted', 'get-environment TOKEN allow secret']);
		expect(world.calls[0]).toMatchObject({ capability: 'environment', rule });
	});

	test('is empty under Wassette 0.2, which has variables in wasi:config alone', () => {
		const { environment, config } = make({ engine: '0.2.0' });
		expect(environment.getEnvironment()).toEqual([]);
		expect(config.get('API_KEY')).toBe('k');
	});

	test('has the arguments of the world and no current directory', () => {
		const { environment } = make();
		expect(environment.getArguments()).toEqual(['tool', '--fast']);
		expect(environment.initialCwd()).toBeUndefined();
	});
});

describe('the configuration', () => {
	test('gives a granted variable, and nothing for one that is not granted or not set', () => {
		const { world, config, rows } = make();
		expect(config.get('API_KEY')).toBe('k');
		expect(config.get('UNSET')).toBeUndefined();
		expect(config.get('HOME')).toBeUndefined();
		expect(config.get('__proto__')).toBeUndefined();
		expect(rows()).toEqual([
			'config get API_KEY allow granted',
			'config get UNSET allow granted',
			'config get HOME deny no-rule',
			'config get __proto__ deny no-rule',
		]);
		expect(world.calls[0]?.rule).toEqual(rule);
	});

	test('lists the granted variables', () => {
		const { config, rows } = make();
		expect(config.getAll()).toEqual([
			['API_KEY', 'k'],
			['TOKEN', 't'],
		]);
		expect(rows()).toEqual(['config get-all API_KEY allow granted', 'config get-all TOKEN allow secret']);
	});

	test('gives no value that is there without a grant', () => {
		const { config } = make({ variables: [] });
		expect(config.get('API_KEY')).toBeUndefined();
		expect(config.getAll()).toEqual([]);
	});

	test('says why nothing can be granted', () => {
		const { config, rows } = make({ ...noGrants, closed: { reason: 'no-policy' } });
		expect(config.get('API_KEY')).toBeUndefined();
		expect(rows()).toEqual(['config get API_KEY deny no-policy']);
	});

	test('answers under its older name too', () => {
		const { imports } = make();
		expect(imports['wasi:config/runtime']).toBe(imports['wasi:config/store']);
	});
});
