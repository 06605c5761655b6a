import { describe, expect, test } from 'vitest';
import recorded from '../../../../recordings/policies.json';
import asked from '../cases/accepted.json';
import { parsePolicy } from './parse';

describe('a policy text', () => {
	test.each(recorded as unknown as { name: string; policy: string; accepted: boolean }[])(
		'is accepted or refused as the real binaries do: $name',
		({ policy, accepted }) => {
			const parsed = parsePolicy(policy);
			expect([
				parsed.policy !== null,
				accepted ? parsed.problems.filter((p) => p.severity === 'error') : [],
			]).toEqual([accepted, []]);
		},
	);

	test.each(asked)(
		'that is a near miss of those is accepted or refused as 0.8.0 was seen to: $policy',
		({ policy, accepted }) => {
			expect(parsePolicy(policy).policy !== null).toBe(accepted);
		},
	);
});
