import { parsePolicy } from '../../core/policy';
import type { Scenario } from '../../core/scenario';
import { nextTask } from '../../sandbox/slices';

/** Reads the policies of a scenario, each in a task of its own: whoever reads them next, all at once, finds them read. */
export async function readPolicies({ components }: Pick<Scenario, 'components'>): Promise<void> {
	for (const [index, { policy }] of components.entries()) {
		if (policy === null) continue;
		if (index > 0) await nextTask();
		parsePolicy(policy);
	}
}
