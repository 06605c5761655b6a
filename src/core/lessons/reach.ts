import { isWithin } from '../path';
import { compile, decide, type AccessRequest, type EngineId, type Grants } from '../policy';
import { ok, type Result } from '../result';
import { resolveLinks, viewOf } from '../world-view';
import type { World } from '../world';

/** Everything that a policy lets a component have of a world. */
export interface Reach {
	/** Paths that exist in the world. */
	readonly reads: readonly string[];
	readonly writes: readonly string[];
	/** Such as `https://example.com`; `*.example.com` in the place of the host where every name below it is meant. */
	readonly hosts: readonly string[];
	readonly variables: readonly string[];
}

/** What a task needs. What is not named is not needed. */
export interface Need {
	/** Paths, each with everything below it. */
	readonly reads?: readonly string[];
	readonly writes?: readonly string[];
	/** As in `Reach`. */
	readonly hosts?: readonly string[];
	readonly variables?: readonly string[];
}

/** Asks the engine about everything there is. The error is what every call is answered with under this policy. */
export function reachOf(policy: string | null, engine: EngineId, world: World): Result<Reach, string> {
	const compiled = compile(policy, engine, viewOf(world));
	if (!compiled.ok) return { ok: false, error: compiled.error.message };
	const grants = compiled.value;
	const allows = (request: AccessRequest) => decide(grants, request).outcome === 'allow';
	const paths = (access: 'read' | 'write') =>
		[...world.files.keys()].filter((path) =>
			allows({ kind: 'storage', access, path: resolveLinks(world.files, path) }),
		);
	const keys = new Set([...world.variables.keys(), ...grants.variables.map(({ key }) => key)]);
	return ok({
		reads: paths('read'),
		writes: paths('write'),
		hosts: hostsOf(grants, world).filter((host) =>
			allows({ kind: 'network', method: 'GET', url: `${host.replace('*', stranger)}/` }),
		),
		variables: [...keys].filter((key) => allows({ kind: 'environment', key })),
	});
}

/** A name that nobody thought of: what lets it in lets every name in. */
const stranger = 'a-name-nobody-chose';

/** The hosts worth asking about: those that a rule names, and those that the world answers for, by both schemes. */
function hostsOf(grants: Grants, world: World): readonly string[] {
	const named = grants.hosts.flatMap(({ host, port, cidr }) =>
		cidr || host === '' ? [] : [port === null ? host : `${host}:${port}`],
	);
	const answered = world.routes.flatMap(({ url }) => /^https?:\/\/([^/:*]+)/.exec(url)?.[1] ?? []);
	return [...new Set([...named, ...answered])].flatMap((host) => [`https://${host}`, `http://${host}`]);
}

/** What of a reach a task does not need, the end of a sentence each. */
export function excessOf(reach: Reach, need: Need): readonly string[] {
	return [
		...topmost(reach.reads, need.reads).map((path) => `\`${path}\` can be read too`),
		...topmost(reach.writes, need.writes).map((path) => `\`${path}\` can be changed too`),
		...reach.hosts.filter(isNotIn(need.hosts)).map((host) => `\`${host}\` can be reached too`),
		...reach.variables
			.filter(isNotIn(need.variables))
			.map((key) => `the variable \`${key}\` is handed over too`),
	];
}

const isNotIn =
	(needed: readonly string[] = []) =>
	(item: string) =>
		!needed.includes(item);

/** The paths outside what is needed, without those below another one of them. */
function topmost(paths: readonly string[], needed: readonly string[] = []): readonly string[] {
	const outside = paths.filter((path) => !needed.some((root) => isWithin(path, root)));
	return outside.filter((path) => !outside.some((other) => other !== path && isWithin(path, other)));
}
