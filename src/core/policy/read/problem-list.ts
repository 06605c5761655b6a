import type { EngineId, Problem } from '../types';
import type { SourceRange } from '../policy';
import type { SourceLines } from './source-lines';

/** Collects the problems of one text, turning offsets into lines and columns. */
export class ProblemList {
	readonly #problems: Problem[] = [];

	constructor(readonly lines: SourceLines) {}

	get hasErrors(): boolean {
		return this.#problems.some((problem) => problem.severity === 'error');
	}

	/** Whether there is an error that concerns every engine. */
	get hasErrorsForAll(): boolean {
		return this.#problems.some(({ severity, engines }) => severity === 'error' && engines === undefined);
	}

	error(
		code: string,
		message: string,
		range: SourceRange,
		fix?: Problem['fix'],
		engines?: readonly EngineId[],
	): void {
		this.#add('error', code, message, range, engines, fix);
	}

	warning(
		code: string,
		message: string,
		range: SourceRange,
		engines?: readonly EngineId[],
		fix?: Problem['fix'],
	): void {
		this.#add('warning', code, message, range, engines, fix);
	}

	/** In the order of the text. */
	sorted(): readonly Problem[] {
		return [...this.#problems].sort((a, b) => a.line - b.line || a.column - b.column);
	}

	#add(
		severity: Problem['severity'],
		code: string,
		message: string,
		range: SourceRange,
		engines: readonly EngineId[] | undefined,
		fix: Problem['fix'],
	): void {
		const line = this.lines.line(range.from);
		// A mark must be visible, so an empty range covers one column.
		const to = Math.max(range.to, range.from);
		const endLine = this.lines.line(to);
		const endColumn = this.lines.column(to) + (to === range.from ? 1 : 0);
		const column = this.lines.column(range.from);
		this.#problems.push({
			severity,
			code,
			message,
			line,
			column,
			endLine,
			endColumn,
			...(engines && { engines }),
			...(fix && { fix }),
		});
	}
}
