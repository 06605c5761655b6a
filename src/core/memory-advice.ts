import type { CallSetup } from './call';

/** Where the memory limit that a call met is raised: whatever set the lower of the two. */
export const memoryAdvice = ({
	grants,
	limits,
}: {
	readonly grants: Pick<CallSetup['grants'], 'memory'>;
	readonly limits: Pick<CallSetup['limits'], 'memoryBytes'>;
}): string =>
	grants.memory && grants.memory.bytes <= limits.memoryBytes
		? 'The policy sets it: raise resources.limits.memory there.'
		: 'Raise it under World, Limits of a call.';
