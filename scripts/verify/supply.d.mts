type Failure = { readonly ok: false; readonly error: string };

export declare function scenarioFiles(
	paths: readonly string[],
): { readonly ok: true; readonly files: readonly string[] } | Failure;
export declare function readScenario(file: string): { readonly ok: true; readonly text: string } | Failure;
export declare function supplyComponents(
	text: string,
	file: string,
	options: { readonly components: ReadonlyMap<string, string>; readonly fetch: boolean },
): Promise<{ readonly ok: true; readonly supplied: Readonly<Record<string, string>> } | Failure>;
export declare function unusedNames(
	files: readonly string[],
	named: { readonly components: ReadonlyMap<string, string>; readonly policies: ReadonlyMap<string, string> },
): string | null;
