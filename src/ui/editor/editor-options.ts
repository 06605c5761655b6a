import type { monaco } from './monaco';

/** How every editor of the page behaves. */
export const editorOptions: monaco.editor.IStandaloneEditorConstructionOptions = {
	acceptSuggestionOnEnter: 'smart',
	// Screen readers, dictation and tests find the whole text in its textbox.
	accessibilitySupport: 'on',
	accessibilityPageSize: 2000,
	// Text that arrives whole, by dictation or a script, has its own indentation; Enter is seen to below.
	autoIndent: 'none',
	autoClosingBrackets: 'never',
	autoClosingQuotes: 'never',
	automaticLayout: true,
	bracketPairColorization: { enabled: false },
	// A textarea takes text from tests, dictation and screen readers alike.
	editContext: false,
	fixedOverflowWidgets: true,
	folding: true,
	fontSize: 13,
	glyphMargin: false,
	lineDecorationsWidth: 12,
	lineHeight: 20,
	lineNumbersMinChars: 3,
	links: false,
	minimap: { enabled: false },
	overviewRulerBorder: false,
	overviewRulerLanes: 0,
	padding: { top: 8, bottom: 8 },
	quickSuggestions: { other: true, comments: false, strings: true },
	// A dimmed number of the last, empty line is too faint to read.
	renderFinalNewline: 'on',
	renderLineHighlightOnlyWhenFocus: true,
	scrollBeyondLastLine: false,
	scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
	stickyScroll: { enabled: false },
	// Tab goes on to the next control, so that the keyboard is never caught in here; Ctrl+M lets it indent.
	tabFocusMode: true,
	tabSize: 2,
	wordBasedSuggestions: 'off',
	wordWrap: 'on',
	wrappingIndent: 'indent',
};
