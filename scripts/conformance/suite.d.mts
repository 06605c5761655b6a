export interface SuiteRow {
	readonly scenario: string;
	readonly passed: number;
	readonly failed: readonly string[];
}
export declare const revisions: readonly string[];
export declare function whyNotApplicable(scenario: string): string | null;
export declare const checksNotApplicable: Readonly<Record<string, string>>;
export declare function runSuite(
	url: string,
	revision: string,
	scenario?: string,
): Promise<readonly SuiteRow[]>;
export declare function openDoor(server: {
	readonly address: string;
	readonly token: string;
}): Promise<{ readonly address: string; close(): void }>;
