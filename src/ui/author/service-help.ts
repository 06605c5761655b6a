import { scriptFile } from '../../author/script-check';
import { asPlainText } from '../editor/language-help';
import { monaco } from '../editor/monaco';
import type { AttendedModel } from '../editor/types';
import type { Explained, ScriptService } from './service-types';

const { CompletionItemKind } = monaco.languages;

/** How TypeScript's kinds are shown; the rest are properties. */
const kinds: { readonly [kind: string]: number } = {
	function: CompletionItemKind.Function,
	method: CompletionItemKind.Method,
	class: CompletionItemKind.Class,
	interface: CompletionItemKind.Interface,
	module: CompletionItemKind.Module,
	'external module name': CompletionItemKind.Module,
	keyword: CompletionItemKind.Keyword,
	const: CompletionItemKind.Variable,
	let: CompletionItemKind.Variable,
	var: CompletionItemKind.Variable,
	'local var': CompletionItemKind.Variable,
	parameter: CompletionItemKind.Variable,
	string: CompletionItemKind.Value,
};

const textOf = (parts: Explained['displayParts']) => (parts ?? []).map(({ text }) => text).join('');

/** Offers what TypeScript knows in one model. Returns how to stop. */
export function helpOfService(model: AttendedModel, service: () => Promise<ScriptService>): () => void {
	const language = model.getLanguageId();
	const completions = monaco.languages.registerCompletionItemProvider(language, {
		triggerCharacters: ['.', '"', "'", '/'],
		async provideCompletionItems(asked, position) {
			if (asked !== model) return { suggestions: [] };
			const offset = model.getOffsetAt(position);
			const found = await (await service()).getCompletionsAtPosition(scriptFile, offset);
			if (!found || model.isDisposed()) return { suggestions: [] };
			const word = model.getWordUntilPosition(position);
			const here = new monaco.Range(
				position.lineNumber,
				word.startColumn,
				position.lineNumber,
				word.endColumn,
			);
			return {
				suggestions: found.entries.map(({ name, kind, sortText, replacementSpan }) => ({
					label: name,
					insertText: name,
					sortText,
					kind: kinds[kind] ?? CompletionItemKind.Property,
					range: replacementSpan ? rangeOf(model, replacementSpan.start, replacementSpan.length) : here,
					offset,
				})),
			};
		},
		async resolveCompletionItem(item) {
			const { label, offset } = item as typeof item & { readonly offset: number };
			if (typeof label !== 'string') return item;
			const details = await (await service()).getCompletionEntryDetails(scriptFile, offset, label);
			if (!details) return item;
			return { ...item, detail: textOf(details.displayParts), documentation: textOf(details.documentation) };
		},
	});
	const hovers = monaco.languages.registerHoverProvider(language, {
		async provideHover(asked, position) {
			if (asked !== model) return null;
			const found = await (await service()).getQuickInfoAtPosition(scriptFile, model.getOffsetAt(position));
			if (!found || model.isDisposed()) return null;
			const said = [textOf(found.displayParts), textOf(found.documentation)].filter((text) => text !== '');
			return {
				range: rangeOf(model, found.textSpan.start, found.textSpan.length),
				contents: said.map((text) => ({ value: asPlainText(text) })),
			};
		},
	});
	return () => {
		completions.dispose();
		hovers.dispose();
	};
}

const rangeOf = (model: AttendedModel, start: number, length: number) =>
	monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(start + length));
