import { describe, expect, test } from 'vitest';
import recorded from '../../../../recordings/policies.json';
import { parsePolicy } from './parse';

describe('a policy text', () => {
	test.each(recorded as unknown as { case: string; policy: string; accepted: boolean }[])(
		'is accepted or refused as the real binaries do: $case',
		({ policy, accepted }) => {
			const parsed = parsePolicy(policy);
			expect([parsed.policy !== null, accepted ? parsed.problems.filter((p) => p.severity === 'error') : []]).toEqual([
				accepted,
				[],
			]);
		},
	);
});
