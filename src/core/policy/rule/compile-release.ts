import { joinPath } from '../../path';
import { err, ok, type Result } from '../../result';
import type { PolicyFailure } from './compile';
import type { Engine } from '../engines';
import { readReleaseHost } from '../host-pattern';
import type { Policy, StorageRule } from '../policy';
import type { Grants, HostRule, Preopen, ReasonCode, RuleRef, WorldView } from '../types';

const scheme = 'fs://';

/**
 * Compiles a policy as a Wassette release does: only allow lists count, a storage URI is a directory that must exist, and a host is
 * compared as text. A relative one is below the directory of components. Directories are opened before hosts are read, so a missing one is what a call then reports.
 */
export function compileRelease(
	policy: Policy,
	engine: Engine,
	world: WorldView,
): Result<Grants, PolicyFailure> {
	const preopens: Preopen[] = [];
	const hosts: HostRule[] = [];
	const variables = new Map<string, { key: string; rule: RuleRef | null; reason: ReasonCode }>();
	let memory: Grants['memory'] = null;
	let nameLookup = false;

	const fail = (reason: PolicyFailure['reason'], message: string, rule: RuleRef) =>
		err({ message, rule, reason, engine: engine.id });

	const base = world.components ?? '/';
	for (const rule of policy.rules) {
		if (rule.kind !== 'storage' || rule.effect !== 'allow' || !rule.uri.startsWith(scheme)) continue;
		const written = rule.uri.slice(scheme.length);
		if (written.includes('\0'))
			return fail('missing-directory', 'file name contained an unexpected NUL byte', rule.ref);
		const path = joinPath(written.startsWith('/') ? '/' : base, written);
		const found = world.stat(path);
		if (found === 'missing')
			return fail('missing-directory', 'No such file or directory (os error 2)', rule.ref);
		if (found === 'file') return fail('not-a-directory', 'Not a directory (os error 20)', rule.ref);
		preopens.push(preopen(rule, world.resolve(path), engine));
	}
	for (const rule of policy.rules) {
		if (rule.effect !== 'allow') continue;
		if (rule.kind === 'host') {
			nameLookup = true;
			const host = readReleaseHost(rule.host);
			if (!host.ok) return fail('invalid-host', host.error, rule.ref);
			hosts.push({ effect: 'allow', ...host.value, rule: rule.ref });
		} else if (rule.kind === 'cidr') {
			nameLookup = true;
		} else if (rule.kind === 'environment') {
			if (!variables.has(rule.key))
				variables.set(rule.key, { key: rule.key, rule: rule.ref, reason: 'granted' });
		} else if (rule.kind === 'memory' && engine.traits.memoryLimit && (memory === null || !rule.legacy)) {
			memory = { bytes: rule.bytes, rule: rule.ref };
		}
	}
	if (engine.traits.secretsBypassPolicy) {
		for (const { key, secret } of world.variables)
			if (secret && !variables.has(key)) variables.set(key, { key, rule: null, reason: 'secret' });
	}
	return ok({
		engine: engine.id,
		rules: 'release',
		preopens,
		paths: [],
		hosts: hosts.filter(canMatch),
		variables: [...variables.values()],
		memory,
		nameLookup,
		...(engine.traits.movesBetweenRights && { movesBetweenRights: true }),
	});
}

function preopen(rule: StorageRule, path: string, engine: Engine): Preopen {
	const write = rule.access.includes('write');
	const read = rule.access.includes('read') || (write && !engine.traits.writeOnly);
	return { guestPath: rule.uri.slice(scheme.length), path, read, write, rule: rule.ref };
}

/** Requests are `http` or `https` and name a host, so a rule for anything else never matches. */
const canMatch = (rule: HostRule) =>
	rule.host !== '' && !rule.host.includes('*') && (rule.scheme === null || /^https?$/.test(rule.scheme));
