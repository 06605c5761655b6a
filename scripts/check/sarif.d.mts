import type { CheckedFile } from './report.mjs';

export declare function sarifReport(results: readonly CheckedFile[], version: string): unknown;
