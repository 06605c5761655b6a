import { describe, expect, test } from 'vitest';
import cases from '../cases/decisions.json';
import { assumedWorld, evaluate, newestRelease, parsePolicy, type AccessRequest } from '..';

describe('the table of decisions', () => {
	test.each(cases)('$id', ({ policy, request, expect: expected }) => {
		expect(parsePolicy(policy).documented).not.toBeNull();
		const outcome = (engine: string) =>
			evaluate(policy, engine, assumedWorld(), request as AccessRequest).outcome;
		expect({ wassette: outcome(newestRelease), documented: outcome('documented') }).toEqual(expected);
	});
});
