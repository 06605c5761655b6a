import { readAsked } from '../lib/asked.mjs';
import { loadCore } from '../lib/core.mjs';
import { enginesNamed } from '../lib/engines.mjs';
import { refuse } from '../lib/options.mjs';
import { readPolicyFile } from '../lib/policy-files.mjs';
import { commandOf } from '../lib/command.mjs';
import { parseArguments, usage } from './arguments.mjs';
import { textReport } from './report.mjs';

/** `tapedeck diff`: holds two policies against each other, prints what changes and resolves with the exit code. */
export const diff = commandOf({ parseArguments, usage }, async (options, given) => {
	const before = readSide(options.before);
	const after = readSide(options.after);
	for (const side of [before, after]) if (!side.ok) return refuse(side.error);
	const core = given ?? (await loadCore());
	const asked = readAsked(core, options);
	if (!asked.ok) return refuse(asked.error);
	const named = enginesNamed(core, options.engine, asked.engine);
	if (!named.ok) return refuse(named.error);

	const report = named.ids.map((engine) => ({
		...core.comparePolicies(before.text, after.text, engine, asked.world),
		requests:
			asked.requests &&
			core.compareRequests(before.text, after.text, asked.requests, { engine, world: asked.world }),
	}));
	const differs = report.some((one) =>
		one.requests ? one.failure !== null || one.requests.some((row) => row.differs) : core.isDifferent(one),
	);
	const unread = [options.before, options.after].flatMap((file, index) =>
		problemsOf(core, file, [before, after][index]),
	);
	if (options.json)
		console.log(
			JSON.stringify(
				{ before: options.before, after: options.after, differs, unread, engines: report },
				null,
				'\t',
			),
		);
	else console.log(textReport(core, { ...options, report, unread, from: asked.from, differs }));
	return differs ? 1 : 0;
});

/** A side that does not parse is one that grants nothing, or as none: that is worth a word. */
function problemsOf(core, file, { text }) {
	if (text === null) return [];
	const error = core
		.checkPolicy(text, [core.newestRelease])
		.problems.find(({ severity, code }) => severity === 'error' && code !== 'fails-every-call');
	return error ? [{ file, line: error.line, message: error.message }] : [];
}

const readSide = (path) => (path === 'none' ? { ok: true, text: null } : readPolicyFile(path));
