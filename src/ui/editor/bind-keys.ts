import { monaco } from './monaco';
import { nextIndent } from './next-indent';

/** Gives an editor its keys: those of the page, and Enter with the indentation that YAML wants. */
export function bindKeys(editor: monaco.editor.IStandaloneCodeEditor): void {
	// The page runs the tool and opens its palette with these keys; the editor would add a line, and wait for a second key.
	for (const [key, code, label] of [
		['Enter', monaco.KeyCode.Enter, 'Run the tool'],
		['k', monaco.KeyCode.KeyK, 'Open the command palette'],
	] as const)
		editor.addAction({
			id: `tapedeck.${key}`,
			label,
			keybindings: [monaco.KeyMod.CtrlCmd | code],
			run: () => {
				window.dispatchEvent(
					new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true }),
				);
			},
		});
	editor.addCommand(
		monaco.KeyCode.Enter,
		() => {
			const position = editor.getPosition();
			if (!position) return;
			const line = editor.getModel()?.getLineContent(position.lineNumber) ?? '';
			const before = line.slice(0, position.column - 1);
			editor.trigger('keyboard', 'type', { text: `\n${nextIndent(before)}` });
		},
		'editorTextFocus && !suggestWidgetVisible && !editorReadonly && !findWidgetVisible && !editorHasMultipleSelections',
	);
}
