import ts from 'typescript';
import { isTyped } from '../erase-types';
import { exportProblems } from '../export-problems';
import { exportsFile, scriptCheck, scriptFile, scriptOptions } from '../script-check';

/** The language's own declarations, read once. */
const language = new Map<string, ts.SourceFile | undefined>();

/** Checks a script against a world as the page does, in this process. Gives what is said, by line of the script. */
export function checkHere(described: Parameters<typeof scriptCheck>[0], script: string): readonly string[] {
	const check = scriptCheck(described);
	const here = (path: string) => path.replace('file:///', '/');
	const files = new Map(check.files.map(({ path, text }) => [here(path), text]));
	files.set(here(scriptFile), script);
	const options = { ...scriptOptions, lib: [...scriptOptions.lib], types: [] } as ts.CompilerOptions;
	const host = ts.createCompilerHost(options);
	const { getSourceFile, fileExists, readFile } = host;
	host.getSourceFile = (name, ...rest) => {
		const text = files.get(name);
		const kind = name === here(scriptFile) && !isTyped(script) ? ts.ScriptKind.JS : ts.ScriptKind.TS;
		if (text === undefined && !language.has(name)) language.set(name, getSourceFile(name, ...rest));
		return text === undefined
			? language.get(name)
			: ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, undefined, kind);
	};
	host.fileExists = (name) => files.has(name) || fileExists(name);
	host.readFile = (name) => files.get(name) ?? readFile(name);
	const program = ts.createProgram([...files.keys()], options, host);
	const found = ts.getPreEmitDiagnostics(program).map(({ messageText, code, file, start = 0 }) => ({
		path: file?.fileName,
		line: file?.text.slice(0, start).split('\n').length ?? 0,
		code,
		message: ts.flattenDiagnosticMessageText(messageText, '\n'),
	}));
	const isOfExports = ({ path }: { path?: string | undefined }) => path === here(exportsFile);
	const lineOf = (at: number) => script.slice(0, at).split('\n').length;
	return [
		...found
			.filter((each) => !isOfExports(each))
			.map(({ path, line, message }) => `${path === here(scriptFile) ? '' : path}${line}: ${message}`),
		...exportProblems(
			script,
			check.exports,
			found.filter(isOfExports).map(({ line, code, message }) => ({ line: line - 1, code, message })),
		).map(({ from, message }) => `${lineOf(from)}: ${message}`),
	];
}
