import { monaco } from './monaco';
import type { LanguageHelp, Marker } from './types';

type Model = ReturnType<typeof monaco.editor.createModel>;

/** Asks `help` for completions and hovers in one model. Returns how to stop. */
export function helpFor(model: Model, help: () => LanguageHelp | undefined): () => void {
	const language = model.getLanguageId();
	const rangeOf = (from: number, to: number) =>
		monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));
	const completions = monaco.languages.registerCompletionItemProvider(language, {
		triggerCharacters: [' ', '"', "'", '/', ':', '-', '.', '{'],
		provideCompletionItems(asked, position) {
			if (asked !== model) return { suggestions: [] };
			const text = model.getValue();
			const found = (help()?.suggest(text, model.getOffsetAt(position)) ?? []).filter(({ label, from, to }) =>
				continues(text.slice(from, to), label),
			);
			return {
				// Asked again with each letter.
				incomplete: true,
				suggestions: found.map(({ label, insert, detail, documentation, from, to }, index) => ({
					label,
					insertText: insert,
					detail,
					documentation,
					kind: monaco.languages.CompletionItemKind.Property,
					// The text has its own indentation.
					insertTextRules: monaco.languages.CompletionItemInsertTextRule.KeepWhitespace,
					range: rangeOf(from, to),
					// They come in an order of their own.
					sortText: String(index).padStart(4, '0'),
				})),
			};
		},
	});
	const hovers = monaco.languages.registerHoverProvider(language, {
		provideHover(asked, position) {
			const found = asked === model ? help()?.hover(model.getValue(), model.getOffsetAt(position)) : null;
			return found
				? { range: rangeOf(found.from, found.to), contents: [{ value: asPlainText(found.text) }] }
				: null;
		},
	});
	return () => {
		completions.dispose();
		hovers.dispose();
	};
}

/** Whether a suggestion goes on from what is written. What is written whole is none: Enter is to end the line then, not to put it in quotes. */
function continues(written: string, label: string): boolean {
	const text = written.replace(/^["']|["']$/g, '');
	return text !== label && label.startsWith(text);
}

/** Offers the repairs of markers as quick fixes in one model. Returns how to stop. */
export function fixesFor(model: Model, markers: () => readonly Marker[]): () => void {
	const command = `tapedeck.fix.${model.id}`;
	const apply = monaco.editor.registerCommand(command, (_, fix: () => void) => fix());
	const actions = monaco.languages.registerCodeActionProvider(model.getLanguageId(), {
		provideCodeActions(asked, range) {
			const fitting =
				asked === model
					? markers().flatMap(({ fix, line, endLine }) =>
							fix && line <= range.endLineNumber && endLine >= range.startLineNumber ? [fix] : [],
						)
					: [];
			return {
				actions: fitting.map((fix) => ({
					title: fix.title,
					kind: 'quickfix',
					command: { id: command, title: fix.title, arguments: [fix.apply] },
				})),
				dispose: () => {},
			};
		},
	});
	return () => {
		apply.dispose();
		actions.dispose();
	};
}

/** Hovers are Markdown there; what is said of a policy may quote it, and a policy may come from anywhere. */
export const asPlainText = (text: string): string =>
	text.replace(/[\\`*_{}[\]()#+\-.!<>|~]/g, '\\$&').replace(/\n/g, '  \n');
