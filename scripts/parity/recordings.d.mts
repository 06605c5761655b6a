import type { Answer, Row } from './compare.mjs';
import type { RecordedCase } from './play-in-page.mjs';

export declare function readCases(): RecordedCase[];
export declare function readAnswers(
	release: string,
): { readonly answers: Readonly<Record<string, readonly Answer[]>> } | null;
export declare function readDifferences(): Row[];
