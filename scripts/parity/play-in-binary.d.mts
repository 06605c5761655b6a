import type { Answer } from './compare.mjs';

/** The parts of a server that steps are played with. */
interface Asked {
	ask(method: string, params: unknown, within?: number): Promise<{ readonly message?: unknown }>;
	call(tool: string, args: string): Promise<{ readonly message?: unknown; readonly text?: string }>;
}

export declare function playSteps(
	server: Asked,
	root: string,
	steps: readonly { readonly tool?: string; readonly arguments?: string; readonly policyFile?: string }[],
): Promise<Answer[]>;
