import type { Report } from './tally.mjs';

export function readPlaywright(file: string): Report;
export function readVitest(file: string): Report;
