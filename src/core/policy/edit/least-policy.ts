import { ancestorsOf, joinPath } from '../../path';
import { parseUrl } from '../../url';
import { assumedWorld } from '../rule/assumed-world';
import { createEvaluator } from '../rule/evaluate';
import { parsePolicy } from '../read/parse';
import type { Permission } from './permission';
import { grantsExactly, narrowPolicy, type NarrowOptions } from './narrow-policy';
import { mergePermissions, printPolicy } from './print-policy';
import { candidates } from './suggestions';
import type { AccessRequest, Decision, EngineId, WorldView } from '../types';

/** What was asked for, as an entry of the activity tells it. */
export interface ObservedAccess {
	readonly capability: string;
	/** A URL, a path or the name of a variable. */
	readonly target: string;
	/** Default read. */
	readonly access?: 'read' | 'write';
	/** Default GET. */
	readonly method?: string;
}

/** What a policy is proposed for. */
export interface LeastPolicyContext {
	readonly engine: EngineId;
	readonly componentId: string;
	readonly world: WorldView;
	/** The policy as it is, of which everything stays that grants nothing: comments, description, order, deny rules and limits. */
	readonly policy?: string | null;
}

/** A policy that allows what was chosen, and what it cannot allow. */
export interface LeastPolicy {
	readonly text: string;
	/** Requests that no rule can allow under this engine. */
	readonly refused: readonly AccessRequest[];
	/** False where the policy as it is cannot be edited, so that the text is a new one; its memory limit stays all the same. */
	readonly isEdited: boolean;
}

/** As `proposePolicy`, of entries of the activity; those that no policy governs are passed over. Without a world, what holds a file is its directory. */
export function leastPolicy(
	entries: readonly ObservedAccess[],
	engine: EngineId,
	componentId: string,
	world: WorldView = worldOfFiles(entries),
): string {
	const requests = entries.map(requestOf).filter((request) => request !== null);
	return proposePolicy(requests, { engine, componentId, world }).text;
}

/**
 * The smallest policy found that allows these requests: each is granted as narrowly as the engine can tell apart, and only where what is
 * there does not cover it yet.
 */
export function proposePolicy(
	requests: readonly AccessRequest[],
	{ engine, componentId, world, policy = null }: LeastPolicyContext,
): LeastPolicy {
	// Wide grants first: a narrower one that they cover is then not added.
	const ordered = [...new Map(requests.map((request) => [JSON.stringify(request), request])).values()].sort(
		(a, b) => breadth(a) - breadth(b),
	);
	const permissions: Permission[] = [];
	const granted: ((request: AccessRequest) => Decision)[] = [];
	const refused: AccessRequest[] = [];
	for (const request of ordered) {
		// Allow rules add up, so what one of them allows the whole policy allows.
		if (granted.some((decide) => decide(request).outcome === 'allow')) continue;
		const narrowest = narrowestPermission(request, engine, world);
		if (!narrowest) {
			refused.push(request);
			continue;
		}
		granted.push(narrowest.evaluator);
		permissions.push(narrowest.permission);
	}
	const allowed = ordered.filter((request) => !refused.includes(request));
	const edited =
		policy !== null && narrowed(policy, permissions, { engine, componentId, world, requests: allowed });
	if (edited) return { text: edited, refused, isEdited: true };
	const limit = memoryLimitOf(policy);
	if (limit !== null) permissions.push({ kind: 'memory', limit });
	return { text: printPolicy(componentId, permissions), refused, isEdited: (policy ?? '').trim() === '' };
}

/** Null where the policy cannot be made to grant just these. */
function narrowed(policy: string, permissions: readonly Permission[], options: NarrowOptions): string | null {
	const wanted = mergePermissions(permissions).filter((permission) => permission.kind !== 'memory');
	const text = narrowPolicy(policy, wanted, options);
	return text.ok && grantsExactly(text.value, wanted) ? text.value : null;
}

/** Requests that one policy denies and another allows. */
export function newlyAllowed(
	requests: readonly AccessRequest[],
	{
		before,
		after,
		engine,
		world,
	}: { readonly before: string | null; readonly after: string } & Pick<
		LeastPolicyContext,
		'engine' | 'world'
	>,
): readonly AccessRequest[] {
	const was = createEvaluator(before, engine, world);
	const is = createEvaluator(after, engine, world);
	return requests.filter((request) => was(request).outcome === 'deny' && is(request).outcome === 'allow');
}

/** The first permission that allows a request by itself, and how a policy of it alone decides; null where none does. */
function narrowestPermission(request: AccessRequest, engine: EngineId, world: WorldView) {
	for (const { permission } of candidates(request, { engine, world })) {
		const evaluator = createEvaluator(printPolicy('', [permission]), engine, world);
		if (evaluator(request).outcome === 'allow') return { permission, evaluator };
	}
	return null;
}

function memoryLimitOf(policy: string | null): string | null {
	const rules = policy === null ? [] : (parsePolicy(policy).policy?.rules ?? []);
	const limits = rules.filter((rule) => rule.kind === 'memory');
	const limit = limits.find(({ legacy }) => !legacy) ?? limits[0];
	if (!limit) return null;
	const unit = memoryUnits.find(([, bytes]) => limit.bytes >= bytes && limit.bytes % bytes === 0);
	return unit ? `${limit.bytes / unit[1]}${unit[0]}` : String(limit.bytes);
}

const memoryUnits = [
	['Gi', 2 ** 30],
	['Mi', 2 ** 20],
	['Ki', 2 ** 10],
] as const;

function requestOf({ capability, target, access, method }: ObservedAccess): AccessRequest | null {
	switch (capability) {
		case 'network':
			return parseUrl(target).ok ? { kind: 'network', method: method ?? 'GET', url: target } : null;
		case 'storage':
			return { kind: 'storage', access: access ?? 'read', path: joinPath('/', target) };
		case 'environment':
			return { kind: 'environment', key: target };
		default:
			return null;
	}
}

function breadth(request: AccessRequest): number {
	if (request.kind !== 'storage') return 0;
	return request.path.split('/').length * 2 + (request.access === 'write' ? 0 : 1);
}

/** A world in which the targets are files, unless another target lies below them, and everything above a target is a directory. */
function worldOfFiles(entries: readonly ObservedAccess[]): WorldView {
	const paths = new Set(
		entries.filter(({ capability }) => capability === 'storage').map(({ target }) => joinPath('/', target)),
	);
	const directories = new Set([...paths].flatMap(ancestorsOf));
	return {
		...assumedWorld(),
		stat: (path) => (directories.has(path) ? 'directory' : paths.has(path) ? 'file' : 'missing'),
	};
}
