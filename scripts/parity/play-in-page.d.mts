import type { Page } from '@playwright/test';
import type { Answer } from './compare.mjs';

export interface RecordedCase {
	readonly name: string;
	readonly steps: readonly {
		readonly tool?: string;
		readonly arguments?: string;
		readonly policyFile?: string;
	}[];
}

export declare function playInPage(
	page: Page,
	one: RecordedCase,
	release: string,
): Promise<(Answer | undefined)[]>;
