import { joinPath } from '../../path';
import { err, ok, type Result } from '../../result';
import type { PolicyFailure } from './compile';
import type { Engine } from '../engines';
import { nearestDirectory } from './nearest-directory';
import { readCidr, readDocumentedHost } from '../host-pattern';
import type { CidrEntry, HostEntry, Policy, StorageRule } from '../policy';
import type { Grants, HostRule, PathRule, Preopen, RuleRef, WorldView } from '../types';

const scheme = 'fs://';

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
				if (rule.effect === 'allow') addPreopen(preopens, reachablePreopen(rule, world));
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

/** The existing directory through which a guest can open what an allow rule grants. */
function reachablePreopen(rule: StorageRule, world: WorldView): Preopen {
	const uri = rule.uri.slice(scheme.length);
	const path = nearestDirectory(splitAtWildcard(pathSegments(uri)).literal, world);
	return {
		guestPath: uri.startsWith('/') || path === '/' ? path : path.slice(1),
		path: world.resolve(path),
		read: rule.access.includes('read'),
		write: rule.access.includes('write'),
		rule: rule.ref,
	};
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
