import type { Lesson } from './lesson';
import { denyList } from './steps/deny-list';
import { environment } from './steps/environment';
import { exfiltrator } from './steps/exfiltrator';
import { handleDenial } from './steps/handle-denial';
import { hostsAndSchemes } from './steps/hosts-and-schemes';
import { leastPolicyLesson } from './steps/least-policy';
import { memoryLimit } from './steps/memory-limit';
import { noEnd } from './steps/no-end';
import { nothingByDefault } from './steps/nothing-by-default';
import { oneFile } from './steps/one-file';
import { policyPerPart } from './steps/policy-per-part';
import { readingADenial } from './steps/reading-a-denial';
import { storageRights } from './steps/storage-rights';
import { supplyChain } from './steps/supply-chain';
import { wildcard } from './steps/wildcard';

export { alteredCopy } from './altered-copy';
export { isPassed, type Goal, type Lesson, type Situation } from './lesson';

/** The guided tour, in its order. */
export const lessons: readonly Lesson[] = [
	nothingByDefault,
	storageRights,
	hostsAndSchemes,
	environment,
	readingADenial,
	exfiltrator,
	leastPolicyLesson,
	policyPerPart,
	memoryLimit,
	noEnd,
	supplyChain,
	wildcard,
	denyList,
	oneFile,
	handleDenial,
];
