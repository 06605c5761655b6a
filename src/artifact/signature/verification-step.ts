import type { SignatureFault } from '../../core/signature/signer';

/** A step of a verification that did not hold. */
export class StepFailed extends Error {
	constructor(
		readonly fault: SignatureFault,
		readonly words: string,
		cause?: unknown,
	) {
		super(words, { cause });
	}
}

/** Says of what goes wrong in a step which step it was: the library's own messages are written for its developers. */
export async function step<T>(fault: SignatureFault, words: string, task: () => T | Promise<T>): Promise<T> {
	try {
		return await task();
	} catch (error) {
		if (error instanceof StepFailed) throw error;
		throw new StepFailed(fault, words, error);
	}
}
