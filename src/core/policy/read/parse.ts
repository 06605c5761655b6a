import { isAlias, isMap, isNode, isScalar, visit } from 'yaml';
import type { YamlDocument } from './yaml-nodes';
import { most } from '../../limits';
import { findUnfitText, withPlainBreaks } from './check-text';
import { composeYaml } from './compose-yaml';
import { expandAliases } from './expand-aliases';
import { findOlderFault } from './older-yaml';
import type { Policy } from '../policy';
import { ProblemList } from './problem-list';
import { readPolicy } from './read-policy';
import { SourceLines } from './source-lines';
import type { Problem } from '../types';
import { warnOfRules } from './warnings';

export interface ParsedPolicy {
	/** Null when there is an error: no release reads such a text. */
	readonly policy: Policy | null;
	/** The same as the documentation has it: null only where there is an error that concerns every engine. */
	readonly documented: Policy | null;
	/** Errors are what Wassette refuses, in its words; warnings are what it accepts and then does not honour. */
	readonly problems: readonly Problem[];
}

const mostProblems = 100;

/** What was read last, by text: cards, checks and compilers read the same few texts one after the other. */
const lately = new Map<string, ParsedPolicy>();

/** Reads a policy text. Never throws: whatever is wrong with the text is among the problems, at its place. */
export function parsePolicy(text: string): ParsedPolicy {
	const known = lately.get(text);
	if (known) return known;
	const parsed = read(text);
	lately.set(text, parsed);
	const [oldest] = lately.keys();
	if (oldest !== undefined && lately.size > most.components) lately.delete(oldest);
	return parsed;
}

function read(text: string): ParsedPolicy {
	const problems = new ProblemList(new SourceLines(text));
	const unfit = findUnfitText(text);
	if (unfit) {
		problems.error('text', unfit.message, unfit);
		return { policy: null, documented: null, problems: problems.sorted() };
	}
	const document = parseYaml(withPlainBreaks(text), problems, 'read');
	if (!document)
		return { policy: null, documented: null, problems: problems.sorted().slice(0, mostProblems) };
	const policy = readPolicy(document, problems);
	if (!problems.hasErrors) warnOfRules(policy, problems);
	const errorsFirst = [...problems.sorted()].sort((a, b) => rank(a) - rank(b)).slice(0, mostProblems);
	return {
		policy: problems.hasErrors ? null : policy,
		documented: problems.hasErrorsForAll ? null : policy,
		problems: errorsFirst.sort((a, b) => a.line - b.line || a.column - b.column),
	};
}

const rank = (problem: Problem) => (problem.severity === 'error' ? 0 : 1);

/**
 * The document model of a text that passed `findUnfitText`; null, with problems, where it is no YAML that we read. Aliases, tags and repeated
 * keys are refused, or read as Wassette's reader does: then they are left for whoever reads the document, aliases put in their places.
 */
export function parseYaml(
	text: string,
	problems: ProblemList,
	tricks: 'refuse' | 'read' = 'refuse',
): YamlDocument | null {
	// Repeated keys are looked for in `refuseTricks`, in linear time.
	const { document, complaints, ended } = composeYaml(text);
	const within = (at: number) => Math.min(Math.max(at, 0), text.length);
	for (const { code, message, pos } of complaints) {
		if (tricks === 'read' && isTakenByWassette(code, message)) continue;
		const [from, to] = pos;
		problems.error('yaml', yamlMessage(code, message), { from: within(from), to: within(to) });
	}
	if (!document) problems.error('yaml', ended ?? 'The text is not YAML', { from: 0, to: 0 });
	if (!document || problems.hasErrors) return null;
	if (tricks === 'refuse') refuseTricks(document, problems);
	else {
		const fault = findOlderFault(text);
		if (fault) problems.error('yaml', fault.message, fault);
		const stray = expandAliases(document);
		const [from = 0, to = 0] = stray?.range ?? [];
		if (stray) problems.error('alias', 'unknown anchor', { from, to });
	}
	return problems.hasErrors ? null : document;
}

/**
 * What Wassette's reader does not complain of: tags that nobody knows, a quoted text that goes on in a line that is not indented, and a
 * comment right behind a quote or a bracket.
 */
const isTakenByWassette = (code: string, message: string): boolean =>
	code === 'TAG_RESOLVE_FAILED' ||
	(code === 'BAD_INDENT' && /^Multi-line .*-quoted string/.test(message)) ||
	(code === 'MISSING_CHAR' && message.startsWith('Comments must be separated'));

function yamlMessage(code: string, message: string): string {
	return code === 'MULTIPLE_DOCS'
		? 'deserializing from YAML containing more than one document is not supported'
		: message;
}

/** Refuses aliases, tags and repeated keys: each lets a policy mean something else than a reader sees. */
function refuseTricks(document: YamlDocument, problems: ProblemList): void {
	const range = (node: unknown) => {
		const [from = 0, to = 0] = (isNode(node) && node.range) || [];
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
				problems.error('key', 'Keys must be plain text', range(key));
				continue;
			}
			const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
			if (seen.has(name)) problems.error('duplicate-key', `duplicate field \`${name}\``, range(key));
			seen.add(name);
		}
	});
}
