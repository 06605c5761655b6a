import * as monaco from 'monaco-editor/editor/editor.api';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/suggest/register';
// The registration above leaves out the widget itself.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/unicodeHighlighter/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/definitions/yaml/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

/** Colours of the page's theme, as Monaco takes them: it knows no custom properties. */
function define(name: string, base: 'vs' | 'vs-dark', colours: Record<string, string>, ink: Ink): void {
	monaco.editor.defineTheme(name, {
		base,
		inherit: true,
		rules: [
			{ token: 'type.yaml', foreground: ink.key },
			{ token: 'string.yaml', foreground: ink.string },
			{ token: 'number.yaml', foreground: ink.number },
			{ token: 'keyword.yaml', foreground: ink.number },
			{ token: 'comment.yaml', foreground: ink.comment },
		],
		colors: colours,
	});
}

interface Ink {
	readonly key: string;
	readonly string: string;
	readonly number: string;
	readonly comment: string;
}

define(
	'tapedeck-light',
	'vs',
	{
		'editor.background': '#ffffff',
		'editor.foreground': '#1c1d20',
		'editorLineNumber.foreground': '#5b5f67',
		'editorLineNumber.activeForeground': '#1c1d20',
		'editorGutter.background': '#ffffff',
		'editor.lineHighlightBackground': '#f3f3f0',
		'editor.lineHighlightBorder': '#00000000',
		'editorError.foreground': '#b3261e',
		'editorWarning.foreground': '#855200',
		focusBorder: '#3451b2',
	},
	{ key: '2c4499', string: '1b6e3f', number: '855200', comment: '5b5f67' },
);
define(
	'tapedeck-dark',
	'vs-dark',
	{
		'editor.background': '#1f2024',
		'editor.foreground': '#e7e7ea',
		'editorLineNumber.foreground': '#a2a5ae',
		'editorLineNumber.activeForeground': '#e7e7ea',
		'editorGutter.background': '#1f2024',
		'editor.lineHighlightBackground': '#26272c',
		'editor.lineHighlightBorder': '#00000000',
		'editorError.foreground': '#ff8a80',
		'editorWarning.foreground': '#e8b458',
		focusBorder: '#93a9f7',
	},
	{ key: 'a9baf8', string: '6fcf97', number: 'e8b458', comment: 'a2a5ae' },
);

export { monaco };
