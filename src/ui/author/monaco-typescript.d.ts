/** Parts of Monaco that it has no declarations for, as far as they are used here. */
declare module 'monaco-editor/internal/common/initialize' {
	/** Begins a worker with what it is made of, which comes with its first message. */
	export function initialize(make: (context: unknown, data: unknown) => object): void;
}

declare module 'monaco-editor/languages/features/typescript/tsWorker' {
	export class TypeScriptWorker {
		constructor(context: unknown, data: unknown);
		/** 1 for JavaScript, 3 for TypeScript, as TypeScript numbers them. */
		getScriptKind(file: string): number;
		_getScriptText(file: string): string | undefined;
	}
}
