import { writeFileSync } from 'node:fs';
import { readAsked } from '../lib/asked.mjs';
import { annotation, wantsAnnotations } from '../lib/annotations.mjs';
import { loadCore } from '../lib/core.mjs';
import { enginesNamed } from '../lib/engines.mjs';
import { refuse } from '../lib/options.mjs';
import { policyFiles, readPolicyFile } from '../lib/policy-files.mjs';
import { commandOf } from '../lib/command.mjs';
import { parseArguments, usage } from './arguments.mjs';
import { unusedProblems } from './unused-problems.mjs';
import { sarifReport } from './sarif.mjs';
import { jsonReport, textReport } from './report.mjs';

/** `tapedeck check`: looks at policy files, prints the report and resolves with the exit code. */
export const check = commandOf({ parseArguments, usage }, async (options, given) => {
	const found = policyFiles(options.files);
	if (!found.ok) return refuse(found.error);
	const core = given ?? (await loadCore());
	const asked = readAsked(core, options);
	if (!asked.ok) return refuse(asked.error);
	const named = enginesNamed(core, options.engine, asked.engine);
	if (!named.ok) return refuse(named.error);

	const results = found.files.map((file) => checkFile(core, file, { ids: named.ids, asked }));
	const annotated = annotations(results, wantsAnnotations(options.annotations));
	if (options.json) {
		console.log(jsonReport(results, options));
		// The other stream, so that stdout is JSON and nothing else.
		if (options.annotations && annotated) console.error(annotated);
	} else {
		if (annotated) console.log(annotated);
		console.log(textReport(core, results));
	}
	if (options.sarif !== undefined)
		writeFileSync(options.sarif, `${JSON.stringify(sarifReport(results, core.version), null, '\t')}\n`);
	return exitCode(results, options);
});

function checkFile(core, file, { ids, asked }) {
	const read = readPolicyFile(file);
	if (!read.ok) return { file, ok: false, error: read.error };
	const { text } = read;
	const report = core.checkPolicy(text, ids, asked.world);
	const problems = [...report.problems, ...unusedProblems(core, text, report, asked)];
	problems.sort((a, b) => a.line - b.line || a.column - b.column);
	return { file, ok: true, text, report: { ...report, problems } };
}

/** 2 where a file could not be read, 1 where there is a problem that counts. */
export function exitCode(results, { failOn }) {
	if (results.some(({ ok }) => !ok)) return 2;
	const counts = ({ severity }) => failOn === 'warning' || severity === 'error';
	return results.some(({ report }) => report.problems.some(counts)) ? 1 : 0;
}

function annotations(results, wanted) {
	if (!wanted) return '';
	return results
		.flatMap(({ file, ok, error, report }) =>
			ok
				? report.problems.map(({ severity, message, code, line, column, endLine, endColumn }) =>
						annotation(
							severity,
							{ file, line, endLine, ...(line === endLine && { col: column, endColumn }), title: code },
							message,
						),
					)
				: [annotation('error', { file }, error)],
		)
		.join('\n');
}
