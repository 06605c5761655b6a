import { initialize } from 'monaco-editor/internal/common/initialize';
import { TypeScriptWorker } from 'monaco-editor/languages/features/typescript/tsWorker';
import { isTyped } from '../../author/erase-types';
import { scriptFile } from '../../author/script-check';

/** Monaco's TypeScript, in a worker. The one script is JavaScript until it has types, under one name. */
class ScriptWorker extends TypeScriptWorker {
	override getScriptKind(file: string): number {
		if (file !== scriptFile) return super.getScriptKind(file);
		return isTyped(this._getScriptText(file) ?? '') ? 3 : 1;
	}
}

initialize((context, data) => new ScriptWorker(context, data));
