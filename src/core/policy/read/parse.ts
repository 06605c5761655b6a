import { isAlias, isMap, isScalar, parseDocument, visit, type Document, type Node } from 'yaml';
import { findUnfitText } from './check-text';
import type { Policy } from '../policy';
import { ProblemList } from './problem-list';
import { readPolicy } from './read-policy';
import { SourceLines } from './source-lines';
import type { Problem } from '../types';
import { warnOfRules } from './warnings';

export interface ParsedPolicy {
	/** Null when there is an error: such a text grants nothing. */
	readonly policy: Policy | null;
	/** Errors are what Wassette refuses, in its words; warnings are what it accepts and then does not honour. */
	readonly problems: readonly Problem[];
}

const mostProblems = 100;

/** Reads a policy text. Never throws: whatever is wrong with the text is among the problems, at its place. */
export function parsePolicy(text: string): ParsedPolicy {
	const problems = new ProblemList(new SourceLines(text));
	const unfit = findUnfitText(text);
	if (unfit) {
		problems.error('text', unfit.message, unfit);
		return { policy: null, problems: problems.sorted() };
	}
	const document = parseYaml(text, problems);
	if (!document) return { policy: null, problems: problems.sorted().slice(0, mostProblems) };
	const policy = readPolicy(document, problems);
	if (!problems.hasErrors) warnOfRules(policy, problems);
	const errorsFirst = [...problems.sorted()].sort((a, b) => rank(a) - rank(b)).slice(0, mostProblems);
	return {
		policy: problems.hasErrors ? null : policy,
		problems: errorsFirst.sort((a, b) => a.line - b.line || a.column - b.column),
	};
}

const rank = (problem: Problem) => (problem.severity === 'error' ? 0 : 1);

/** The document model of a text that passed `findUnfitText`; null, with problems, where it is no YAML that we read. */
export function parseYaml(text: string, problems: ProblemList): Document | null {
	let document: Document;
	try {
		// Keys are compared in `refuseTricks`, in linear time; the parser's own check is quadratic.
		document = parseDocument(text, {
			schema: 'core',
			merge: false,
			uniqueKeys: false,
			prettyErrors: false,
			// A silent parser would also be silent about a second document.
			logLevel: 'error',
		});
	} catch (error) {
		problems.error('yaml', error instanceof Error ? error.message : 'The text is not YAML', {
			from: 0,
			to: 0,
		});
		return null;
	}
	for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
		const [from, to] = pos.map((at) => Math.min(Math.max(at, 0), text.length)) as [number, number];
		problems.error('yaml', yamlMessage(code, message), { from, to });
	}
	if (!problems.hasErrors) refuseTricks(document, problems);
	return problems.hasErrors ? null : document;
}

function yamlMessage(code: string, message: string): string {
	return code === 'MULTIPLE_DOCS'
		? 'deserializing from YAML containing more than one document is not supported'
		: message;
}

/** Refuses aliases, tags and repeated keys: each lets a policy mean something else than a reader sees. */
function refuseTricks(document: Document, problems: ProblemList): void {
	const range = (node: Node | null | undefined) => {
		const [from = 0, to = 0] = node?.range ?? [];
		return { from, to };
	};
	visit(document, (_, node) => {
		if (isAlias(node)) {
			problems.error('alias', 'Aliases are not read here: write the value out', range(node));
			return;
		}
		if ((isScalar(node) || isMap(node)) && node.tag && !node.tag.startsWith('tag:yaml.org,2002:'))
			problems.error('tag', `Tags are not read here: ${node.tag}`, range(node));
		if (!isMap(node)) return;
		const seen = new Set<string>();
		for (const { key } of node.items) {
			if (!isScalar(key)) {
				problems.error('key', 'Keys must be plain text', range(key as Node | null));
				continue;
			}
			const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
			if (seen.has(name)) problems.error('duplicate-key', `duplicate field \`${name}\``, range(key));
			seen.add(name);
		}
	});
}
