import type { Confined } from './confine.mjs';

/** What a server answers a call with, as far as TypeScript uses it. */
interface Called {
	readonly message?: {
		readonly result?: {
			readonly content?: readonly { readonly text?: string }[];
			readonly isError?: boolean;
		};
	};
}

export declare function startServer(
	confined: Confined,
	options?: { readonly expected?: number },
): Promise<{ call(tool: string, args: string): Promise<Called>; close(): Promise<void> }>;
