/** A message of TypeScript, with reasons. */
interface MessageChain {
	readonly messageText: string;
	readonly next?: readonly MessageChain[];
}

/** What TypeScript finds, as its worker sends it. Offsets are 0-based, in UTF-16 units. */
export interface Diagnostic {
	readonly start?: number;
	readonly length?: number;
	readonly code: number;
	readonly messageText: string | MessageChain;
}

interface Part {
	readonly text: string;
}

/** What is said of a name. */
export interface Explained {
	readonly displayParts?: readonly Part[];
	readonly documentation?: readonly Part[];
}

/** The worker of TypeScript, as far as it is asked. */
export interface ScriptService {
	readonly updateExtraLibs: (files: {
		readonly [path: string]: { readonly content: string; readonly version: number };
	}) => Promise<void>;
	readonly getSyntacticDiagnostics: (file: string) => Promise<readonly Diagnostic[]>;
	readonly getSemanticDiagnostics: (file: string) => Promise<readonly Diagnostic[]>;
	readonly getCompletionsAtPosition: (
		file: string,
		offset: number,
	) => Promise<
		| {
				readonly entries: readonly {
					readonly name: string;
					readonly kind: string;
					readonly sortText: string;
					readonly replacementSpan?: { readonly start: number; readonly length: number };
				}[];
		  }
		| undefined
	>;
	readonly getCompletionEntryDetails: (
		file: string,
		offset: number,
		name: string,
	) => Promise<Explained | undefined>;
	readonly getQuickInfoAtPosition: (
		file: string,
		offset: number,
	) => Promise<
		(Explained & { readonly textSpan: { readonly start: number; readonly length: number } }) | undefined
	>;
}
