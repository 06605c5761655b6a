import { exportProblems, type ExportFinding } from '../../author/export-problems';
import type { DescribedTool } from '../../author/build-tool';
import {
	exportsFile,
	scriptCheck,
	scriptFile,
	scriptOptions,
	type ScriptCheck,
} from '../../author/script-check';
import { monaco } from '../editor/monaco';
import type { AttendedModel } from '../editor/types';
import ScriptWorker from './script-worker?worker';
import { helpOfService } from './service-help';
import type { Diagnostic, ScriptService } from './service-types';

/** What of a model is checked, and by what. */
export interface Attending {
	/** What to check by from now on; null where there is nothing to check. */
	readonly by: (described: DescribedTool | null) => void;
	readonly stop: () => void;
}

const owner = 'tapedeck-script';

type Worker = ReturnType<typeof monaco.editor.createWebWorker<ScriptService>>;
let worker: Worker | null = null;

/** The one worker, kept once it was there: what it begins with weighs a lot. */
function serviceWorker(): Worker {
	if (worker) return worker;
	const made = new ScriptWorker();
	made.postMessage({ compilerOptions: scriptOptions, extraLibs: {}, inlayHintsOptions: {} });
	return (worker = monaco.editor.createWebWorker<ScriptService>({ worker: made, keepIdleModels: true }));
}

/** Checks and completes in a model, by the world that it was last told of. Its markers are its own, and nothing waits for them. */
export function attendScript(model: AttendedModel): Attending {
	let check: ScriptCheck | null = null;
	let version = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const service = async () => {
		const proxy = await serviceWorker().withSyncedResources([model.uri]);
		if (check) await proxy.updateExtraLibs(librariesOf(check, version));
		return proxy;
	};
	const validate = async () => {
		const at = model.getVersionId();
		const proxy = await service();
		const [syntax, semantics, exported] = await Promise.all([
			proxy.getSyntacticDiagnostics(scriptFile),
			proxy.getSemanticDiagnostics(scriptFile),
			proxy.getSemanticDiagnostics(exportsFile),
		]);
		if (!check || model.isDisposed() || model.getVersionId() !== at) return;
		// What is broken has exports that cannot be told.
		const ofExports = syntax.length > 0 ? [] : exportMarkers(model, check, exported);
		monaco.editor.setModelMarkers(model, owner, [
			...[...syntax, ...semantics].map((each) =>
				markerAt(model, each.start ?? 0, (each.start ?? 0) + (each.length ?? 1), textOf(each.messageText)),
			),
			...ofExports,
		]);
	};
	const soon = () => {
		clearTimeout(timer);
		if (check) timer = setTimeout(() => void validate(), 300);
	};
	const changes = model.onDidChangeContent(soon);
	const help = helpOfService(model, service);
	return {
		by: (described) => {
			check = described && scriptCheck(described);
			version += 1;
			if (!check) monaco.editor.setModelMarkers(model, owner, []);
			soon();
		},
		stop: () => {
			clearTimeout(timer);
			check = null;
			changes.dispose();
			help();
			monaco.editor.setModelMarkers(model, owner, []);
		},
	};
}

const librariesOf = ({ files }: ScriptCheck, version: number) =>
	Object.fromEntries(files.map(({ path, text }) => [path, { content: text, version }]));

function exportMarkers(model: AttendedModel, { files, exports }: ScriptCheck, found: readonly Diagnostic[]) {
	const text = files.find(({ path }) => path === exportsFile)?.text ?? '';
	const findings = found.map(({ start = 0, code, messageText }): ExportFinding => ({
		line: text.slice(0, start).split('\n').length - 1,
		code,
		message: textOf(messageText),
	}));
	return exportProblems(model.getValue(), exports, findings).map(({ from, to, message }) =>
		markerAt(model, from, to, message),
	);
}

function markerAt(model: AttendedModel, from: number, to: number, message: string) {
	const range = monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));
	return { ...range, message, severity: monaco.MarkerSeverity.Error };
}

/** A message with its reasons below it, each further in. */
function textOf(message: Diagnostic['messageText'], depth = 0): string {
	if (typeof message === 'string') return message;
	const more = (message.next ?? []).map((next) => textOf(next, depth + 1));
	return ['  '.repeat(depth) + message.messageText, ...more].join('\n');
}
