import type { RunDone } from '../../src/verify/run-tool';

export declare function recordLines(rows: RunDone['rows'], all: boolean): readonly string[];
export declare function resultText(result: RunDone['result']): string;
export declare function jsonReport(done: RunDone): string;
