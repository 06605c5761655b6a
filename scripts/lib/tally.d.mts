export interface Report {
	readonly passed: number;
	readonly failed: number;
	readonly flaky: number;
	readonly slow: readonly { readonly title: string; readonly ms: number }[];
}
export class Tally {
	passed: number;
	failed: number;
	skipped: number;
	check(ok: boolean): void;
	report(name: string, ok: boolean, read: () => Report): void;
	print(): void;
}
