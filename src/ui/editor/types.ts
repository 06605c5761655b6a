import type { editor } from 'monaco-editor';
import type { Completion, Meaning } from '../../core/policy';

/** What the full editor holds. */
export type AttendedModel = editor.ITextModel;

/** A problem as an editor marks it. Lines and columns are 1-based, the end is exclusive. */
export interface Marker {
	readonly severity: 'error' | 'warning';
	readonly message: string;
	readonly line: number;
	readonly column: number;
	readonly endLine: number;
	readonly endColumn: number;
	/** The repair that goes with it, if there is one. */
	readonly fix?: { readonly title: string; readonly apply: () => void };
}

/** A mark beside a line. */
export interface Decoration {
	readonly line: number;
	readonly kind: 'used' | 'unused' | 'deciding';
	readonly hover: string;
}

/** What an editor asks of the language it edits. */
export interface LanguageHelp {
	readonly suggest: (text: string, offset: number) => readonly Completion[];
	/** Plain text about what stands at an offset, or null. */
	readonly hover: (text: string, offset: number) => Meaning | null;
}

/** A place to scroll to and put the cursor at; a new object asks anew. */
export interface EditorPlace {
	readonly line: number;
	readonly column: number;
}

/** What is selected from one place to another. */
export interface Span {
	readonly from: EditorPlace;
	readonly to: EditorPlace;
}

export interface EditorProps {
	readonly value: string;
	readonly language: 'yaml' | 'javascript' | 'plaintext';
	readonly label: string;
	readonly testid?: string;
	readonly markers?: readonly Marker[];
	readonly decorations?: readonly Decoration[];
	readonly help?: LanguageHelp;
	/** Address of what is edited in the full editor, where one is asked for; no two are there at once. */
	readonly path?: string;
	/** Told of what the full editor holds when it has come. Returns how to stop. */
	readonly attend?: (model: AttendedModel) => () => void;
	readonly reveal?: EditorPlace | null;
	/** Where the keyboard is from the start; elsewhere than in the editor unless given. */
	readonly selected?: Span | null;
	readonly dark: boolean;
	readonly onchange: (value: string) => void;
}
