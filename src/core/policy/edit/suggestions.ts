import { parseUrl } from '../../url';
import { resolveEngine } from '../engines';
import { evaluate } from '../rule/evaluate';
import { nearestDirectory } from '../rule/nearest-directory';
import { grant, removeRule, type EditOptions } from './edit-policy';
import { parsePolicy, type ParsedPolicy } from '../read/parse';
import type { Permission } from './permission';
import type {
	AccessRequest,
	Decision,
	EngineId,
	NetworkRequest,
	RuleRef,
	StorageRequest,
	WorldView,
} from '../types';
import { wassetteCommand } from './wassette-command';

/** A change to a policy after which a request is allowed. */
export interface Suggestion {
	/** What it allows, as the name of a button. */
	readonly title: string;
	/** What is granted; null where a rule is only repaired or removed. */
	readonly permission: Permission | null;
	readonly newText: string;
	/** 1-based lines of the new text that are new or changed. */
	readonly addedLines: readonly number[];
	/** Rules of the old text that are in the way and go. */
	readonly removedRules: readonly RuleRef[];
	/** The command that does the same; null where no single one does. */
	readonly wassetteCommand: string | null;
}

export interface SuggestionContext {
	/** The policy as it is; null where none is attached. */
	readonly policy: string | null;
	readonly engine: EngineId;
	readonly world: WorldView;
	readonly componentId: string;
	/** Stop at the first one that is a grant and nothing else; the others are not wanted. */
	readonly onlyFirst?: boolean;
}

/** Never more rules are cleared out of the way than this, so that a policy full of broken ones takes no time. */
const mostRemoved = 20;

/**
 * The changes that would allow a denied request, narrowest first. Each has been tried: under its text the request is allowed. Empty where
 * it is allowed already, where no rule can allow it, and where the policy does not parse.
 */
export function suggestions(
	denied: AccessRequest | Decision,
	context: SuggestionContext,
): readonly Suggestion[] {
	const request = 'request' in denied ? denied.request : denied;
	// Parsed once: of a long policy this is most of the work.
	const parsed = context.policy === null ? null : parsePolicy(context.policy);
	if (isAllowed(parsed, request, context)) return [];
	if (parsed && context.policy?.trim() !== '' && !parsed.policy) return [];
	const cleared = clearTheWay(parsed, request, context);
	const found: Suggestion[] = [];
	for (const { permission, title } of candidates(request, context)) {
		if (!cleared) break;
		const edit = grant(cleared.text, permission, context);
		if (!edit.ok || !isAllowed(edit.value.newText, request, context)) continue;
		const isPlain = cleared.removed.length === 0;
		found.push({
			title: isPlain ? title : `${removalTitle(cleared.removed)}, and ${lowerFirst(title)}`,
			permission,
			newText: edit.value.newText,
			addedLines: edit.value.addedLines,
			removedRules: cleared.removed,
			wassetteCommand: isPlain ? wassetteCommand(permission, context.componentId) : null,
		});
		if (context.onlyFirst && isPlain) return found;
	}
	const removal = cleared && removalAlone(cleared, request, context);
	const repaired = repairs(request, context);
	// What is broken is better repaired than removed; what is sound is better left alone.
	return cleared && cleared.removed.length > 0
		? [...(removal ? [removal] : []), ...repaired, ...found]
		: [...found, ...repaired];
}

/** The first of `suggestions`: what allows this request and as little else as the engine can tell apart. */
export function narrowestGrant(
	denied: AccessRequest | Decision,
	context: SuggestionContext,
): Suggestion | null {
	return suggestions(denied, { ...context, onlyFirst: true })[0] ?? null;
}

const isAllowed = (
	policy: string | ParsedPolicy | null,
	request: AccessRequest,
	{ engine, world }: SuggestionContext,
): boolean => evaluate(policy, engine, world, request).outcome === 'allow';

interface Cleared {
	readonly text: string | null;
	readonly removed: readonly RuleRef[];
}

/** Removes the rules that no grant can outweigh: deny rules that match, and rules that make every call fail. */
function clearTheWay(
	parsed: ParsedPolicy | null,
	request: AccessRequest,
	context: SuggestionContext,
): Cleared | null {
	let text = context.policy;
	const removed: RuleRef[] = [];
	const options: EditOptions = { componentId: context.componentId };
	while (text !== null) {
		const policy = text === context.policy ? parsed : text;
		const { reason, rule } = evaluate(policy, context.engine, context.world, request);
		const isInTheWay = reason === 'policy-failure' || reason === 'denied-by-rule';
		if (!isInTheWay) break;
		if (!rule || removed.length === mostRemoved) return null;
		const edit = removeRule(text, rule, options);
		if (!edit.ok) return null;
		text = edit.value.newText;
		removed.push(originalRule(rule, context.policy ?? text, removed));
	}
	return { text, removed };
}

/** The rule in the text as it was, since removing lines moves those after them. */
function originalRule(rule: RuleRef, policy: string, removed: readonly RuleRef[]): RuleRef {
	const isGone = (ref: RuleRef) =>
		removed.some((other) => other.line === ref.line && other.text === ref.text);
	const alike =
		parsePolicy(policy).policy?.ruleRefs.filter((ref) => ref.text === rule.text && !isGone(ref)) ?? [];
	return alike.find((ref) => ref.line >= rule.line) ?? rule;
}

function removalAlone(
	cleared: Cleared,
	request: AccessRequest,
	context: SuggestionContext,
): Suggestion | null {
	const { text } = cleared;
	if (text === null || cleared.removed.length === 0 || !isAllowed(text, request, context)) return null;
	return {
		title: removalTitle(cleared.removed),
		permission: null,
		newText: text,
		addedLines: [],
		removedRules: cleared.removed,
		wassetteCommand: null,
	};
}

function removalTitle(rules: readonly RuleRef[]): string {
	const lines = [...new Set(rules.map(({ line }) => line))];
	return `Remove the rule${rules.length > 1 ? 's' : ''} on line${lines.length > 1 ? 's' : ''} ${lines.join(', ')}`;
}

/** Repairs that the problems of a policy offer, of which one alone allows the request. */
function repairs(request: AccessRequest, context: SuggestionContext): readonly Suggestion[] {
	const { policy, engine } = context;
	if (policy === null) return [];
	const known = resolveEngine(engine);
	const id = known.ok ? known.value.id : engine;
	return parsePolicy(policy).problems.flatMap((problem) => {
		if (!problem.fix || (problem.engines && !problem.engines.includes(id))) return [];
		const { from, to, text, title } = problem.fix;
		const newText = policy.slice(0, from) + text + policy.slice(to);
		if (!isAllowed(newText, request, context)) return [];
		const where = `Line ${problem.line}: ${lowerFirst(title)}`;
		return [
			{
				title: where,
				permission: null,
				newText,
				addedLines: [problem.line],
				removedRules: [],
				wassetteCommand: null,
			},
		];
	});
}

const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1);

export interface Candidate {
	readonly title: string;
	readonly permission: Permission;
}

/** The permissions that might allow a request, narrowest first; none of them has been tried. */
export function candidates(
	request: AccessRequest,
	context: Pick<SuggestionContext, 'engine' | 'world'>,
): readonly Candidate[] {
	switch (request.kind) {
		case 'network':
			return networkCandidates(request, context.engine);
		case 'storage':
			return storageCandidates(request, context);
		case 'environment':
			return [
				{ title: `Allow the variable ${request.key}`, permission: { kind: 'environment', key: request.key } },
			];
	}
}

function networkCandidates(request: NetworkRequest, engine: EngineId): readonly Candidate[] {
	const url = parseUrl(request.url);
	if (!url.ok) return [];
	const { scheme, host, port, writtenHost } = url.value;
	const hostRule = (text: string, title: string): Candidate => ({
		title,
		permission: { kind: 'network', host: text },
	});
	if (!isDocumented(engine)) {
		return [
			hostRule(`${scheme}://${writtenHost}`, `Allow ${scheme} to ${writtenHost}, on every port`),
			hostRule(writtenHost, `Allow http and https to ${writtenHost}, on every port`),
		];
	}
	const parent = host.split('.').slice(1).join('.');
	const isName = !/^[\d.]+$|^\[/.test(host) && parent.includes('.');
	return [
		hostRule(`${scheme}://${host}:${port}`, `Allow ${scheme} to ${host}, on port ${port}`),
		hostRule(`${scheme}://${host}`, `Allow ${scheme} to ${host}, on every port`),
		hostRule(host, `Allow http and https to ${host}, on every port`),
		...(isName ? [hostRule(`*.${parent}`, `Allow every host under ${parent}`)] : []),
	];
}

function storageCandidates(
	{ access, path }: StorageRequest,
	context: Pick<SuggestionContext, 'engine' | 'world'>,
): readonly Candidate[] {
	const { world, engine } = context;
	const isWriteOnly = isDocumented(engine) || !writeIncludesRead(engine);
	const candidate = (target: string, granted: readonly ('read' | 'write')[], below: string): Candidate => ({
		title: `Allow to ${granted.length === 2 || (access === 'write' && !isWriteOnly) ? 'read and write' : access} ${target}${below}`,
		permission: { kind: 'storage', uri: `fs://${target}`, access: granted },
	});
	const both = ['read', 'write'] as const;
	// Links are followed by the guest's own name for a place first: that is the name it opens.
	const directories = [
		...new Set([nearestDirectory(path, world), nearestDirectory(world.resolve(path), world)]),
	];
	const below = ' and all below it';
	const whole = directories.flatMap((directory) => [
		candidate(directory, [access], below),
		...(access === 'write' && isWriteOnly ? [candidate(directory, both, below)] : []),
	]);
	return isDocumented(engine) && world.stat(path) !== 'directory'
		? [candidate(path, [access], ''), ...whole]
		: whole;
}

function isDocumented(id: EngineId): boolean {
	const engine = resolveEngine(id);
	return engine.ok && engine.value.traits.rules === 'documented';
}

function writeIncludesRead(id: EngineId): boolean {
	const engine = resolveEngine(id);
	return engine.ok && !engine.value.traits.writeOnly;
}
