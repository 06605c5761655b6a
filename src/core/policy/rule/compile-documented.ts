import { childOf, joinPath, parentOf } from '../../path';
import { err, ok, type Result } from '../../result';
import type { PolicyFailure } from './compile';
import type { Engine } from '../engines';
import { matchesSegment } from './glob';
import { readCidr, readDocumentedHost } from '../host-pattern';
import type { CidrEntry, HostEntry, Policy, StorageRule } from '../policy';
import type { Grants, HostRule, PathRule, Preopen, RuleRef, WorldView } from '../types';

const scheme = 'fs://';

/** A pattern that reaches more directories than this is served by the directory above them all. */
const mostDirectoriesPerRule = 64;

/**
 * Compiles a policy as the documentation promises it: deny lists, wildcards, ports, ranges and globs all count. `paths` and `hosts` decide;
 * the preopens only make what is granted reachable.
 */
export function compileDocumented(
	policy: Policy,
	engine: Engine,
	world: WorldView,
): Result<Grants, PolicyFailure> {
	const paths: PathRule[] = [];
	const preopens = new Map<string, Preopen>();
	const hosts: HostRule[] = [];
	const variables = new Map<string, { key: string; rule: RuleRef; reason: 'granted' }>();
	let memory: Grants['memory'] = null;

	for (const rule of policy.rules) {
		switch (rule.kind) {
			case 'storage': {
				if (!rule.uri.startsWith(scheme)) break;
				paths.push(...pathRules(rule, world));
				if (rule.effect === 'allow')
					for (const reached of reachablePreopens(rule, world)) addPreopen(preopens, reached);
				break;
			}
			case 'host':
			case 'cidr': {
				const host = hostRule(rule);
				if (host) hosts.push(host);
				// An allow rule that nobody can read grants nothing; a deny rule like it must not be passed over.
				else if (rule.effect === 'deny')
					return err({
						message: `Invalid host format: ${rule.kind === 'host' ? rule.host : rule.cidr}`,
						rule: rule.ref,
						reason: 'invalid-host',
						engine: engine.id,
					});
				break;
			}
			case 'environment':
				if (!variables.has(rule.key))
					variables.set(rule.key, { key: rule.key, rule: rule.ref, reason: 'granted' });
				break;
			case 'memory':
				if (memory === null || !rule.legacy) memory = { bytes: rule.bytes, rule: rule.ref };
				break;
		}
	}
	return ok({
		engine: engine.id,
		rules: 'documented',
		preopens: [...preopens.values()],
		paths,
		hosts,
		variables: [...variables.values()],
		memory,
		nameLookup: hosts.some((rule) => rule.effect === 'allow'),
	});
}

function hostRule(rule: HostEntry | CidrEntry): HostRule | null {
	if (rule.kind === 'host') {
		const host = readDocumentedHost(rule.host);
		return host.ok ? { effect: rule.effect, ...host.value, rule: rule.ref } : null;
	}
	const cidr = readCidr(rule.cidr);
	return cidr && { effect: rule.effect, scheme: null, host: '', port: null, cidr, rule: rule.ref };
}

/** Requests come with their links resolved, so rules are resolved too. A deny rule also holds under the name it was written with. */
function pathRules(rule: StorageRule, world: WorldView): readonly PathRule[] {
	const written = pathSegments(rule.uri.slice(scheme.length));
	const { literal, pattern } = splitAtWildcard(written);
	const resolved = [...pathSegments(world.resolve(literal)), ...pattern];
	const deep = !(written.at(-1) ?? '').includes('*');
	const make = (segments: readonly string[]): PathRule => ({
		effect: rule.effect,
		segments,
		deep,
		access: rule.access,
		rule: rule.ref,
	});
	const isSame = resolved.join('/') === written.join('/');
	return rule.effect === 'deny' && !isSame ? [make(resolved), make(written)] : [make(resolved)];
}

/** The path before the first wildcard, and the segments from there on. */
function splitAtWildcard(segments: readonly string[]): { literal: string; pattern: readonly string[] } {
	const at = segments.findIndex((segment) => segment.includes('*'));
	const cut = at < 0 ? segments.length : at;
	return { literal: `/${segments.slice(0, cut).join('/')}`, pattern: segments.slice(cut) };
}

/** The existing directories through which a guest can open what an allow rule grants. */
function reachablePreopens(rule: StorageRule, world: WorldView): readonly Preopen[] {
	const uri = rule.uri.slice(scheme.length);
	const { literal, pattern } = splitAtWildcard(pathSegments(uri));
	// The last wildcard names entries, which are reached through the directory that holds them.
	const directories = expand(
		nearestDirectory(literal, world),
		literal,
		pattern.slice(0, -1),
		pattern.at(-1),
		world,
	);
	return directories.map((path) => ({
		guestPath: uri.startsWith('/') || path === '/' ? path : path.slice(1),
		path: world.resolve(path),
		read: rule.access.includes('read'),
		write: rule.access.includes('write'),
		rule: rule.ref,
	}));
}

function expand(
	start: string,
	literal: string,
	middle: readonly string[],
	last: string | undefined,
	world: WorldView,
): readonly string[] {
	if (last === undefined || start !== literal) return [start];
	const list = world.list?.bind(world);
	const isNamed = !last.includes('*');
	const steps = isNamed ? [...middle, last] : middle;
	if (!list || steps.includes('**')) return [start];
	let found: readonly string[] = [start];
	for (const step of steps) {
		found = found.flatMap((directory) =>
			(step.includes('*') ? list(directory).filter((name) => matchesSegment(step, name)) : [step])
				.map((name) => childOf(directory, name))
				.filter((path) => world.stat(path) === 'directory'),
		);
		if (found.length > mostDirectoriesPerRule) return [start];
	}
	return found.length > 0 ? found : [start];
}

function nearestDirectory(path: string, world: WorldView): string {
	let directory = path;
	while (directory !== '/' && world.stat(directory) !== 'directory') directory = parentOf(directory);
	return directory;
}

/** One preopen per name the guest sees, with the rights of all rules that lead there. */
function addPreopen(preopens: Map<string, Preopen>, added: Preopen): void {
	const known = preopens.get(added.guestPath);
	if (!known) preopens.set(added.guestPath, added);
	else
		preopens.set(added.guestPath, {
			...known,
			read: known.read || added.read,
			write: known.write || added.write,
		});
}

const pathSegments = (path: string): readonly string[] => joinPath('/', path).split('/').filter(Boolean);
