import { compile, evaluate, handsAllOver, parsePolicy, resolveEngine, type PolicyRule } from '../policy';
import type { AccessRequest, Grants, RuleRef, WorldView } from '../policy/types';

/** What a policy lets its component do, in words, before anything of it was run. */
export interface PolicySummary {
	/** `invalid` does not parse; under `failing` the engine answers every call with an error. Both grant nothing. */
	readonly state: 'none' | 'invalid' | 'failing' | 'valid';
	/** What every call is answered with where it is failing. */
	readonly failure: string | null;
	/** What the engine would grant, a rule each. */
	readonly storage: readonly string[];
	readonly network: readonly string[];
	readonly environment: readonly string[];
	/** Rules that make no difference to the engine, such as a wildcard under a release. */
	readonly idle: readonly string[];
	/** It gets every configured variable and secret, because to this engine it has no policy: there is `none`, or a `broken` one. */
	readonly handsAllOver: 'none' | 'broken' | null;
	/** Kinds that the engine leaves open although no rule grants them. */
	readonly unrestricted: readonly ('storage' | 'network' | 'environment')[];
}

/** What a policy would let its component do in a world as it is seen. */
export function summarizePolicy(text: string | null, engine: string, view: WorldView): PolicySummary {
	const parsed = text === null ? null : parsePolicy(text);
	const known = resolveEngine(engine);
	const documented = known.ok && known.value.traits.rules === 'documented';
	const policy = (documented ? parsed?.documented : parsed?.policy) ?? null;
	const compiled = compile(parsed, engine, view);
	const open = (request: AccessRequest) =>
		known.ok && evaluate(parsed, engine, view, request).reason === 'no-policy-unrestricted';
	// An engine that is not known decides nothing here: what is written is all there is to say.
	const wordsOf = (rule: PolicyRule) =>
		known.ok ? (compiled.ok ? granted(rule, compiled.value) : null) : written(rule);
	const rules = (policy?.rules ?? []).filter(({ kind }) => kind !== 'memory');
	const of = (...kinds: readonly PolicyRule['kind'][]) =>
		rules.flatMap((rule) => (kinds.includes(rule.kind) ? (wordsOf(rule) ?? []) : []));
	const handed = compiled.ok ? compiled.value.variables.filter(({ reason }) => reason === 'secret') : [];
	return {
		state: text === null ? 'none' : !policy ? 'invalid' : known.ok && !compiled.ok ? 'failing' : 'valid',
		failure: policy && known.ok && !compiled.ok ? compiled.error.message : null,
		storage: of('storage'),
		network: of('host', 'cidr'),
		handsAllOver: handsAllOver(parsed, engine),
		environment: [...of('environment'), ...handed.map(({ key }) => `${key} (a secret)`)],
		idle: rules.flatMap((rule) => (wordsOf(rule) === null ? [written(rule)] : [])),
		unrestricted: [
			...(open({ kind: 'storage', access: 'read', path: '/' }) ? (['storage'] as const) : []),
			...(open({ kind: 'network', method: 'GET', url: 'https://example.com/' })
				? (['network'] as const)
				: []),
			...(open({ kind: 'environment', key: 'A' }) ? (['environment'] as const) : []),
		],
	};
}

/** A rule as it is written, in words. */
function written(rule: PolicyRule): string {
	const words = () => {
		switch (rule.kind) {
			case 'storage':
				return `${rule.access.join(' and ')} ${rule.uri}`;
			case 'host':
				return rule.host;
			case 'cidr':
				return `addresses in ${rule.cidr}`;
			case 'environment':
				return rule.key;
			case 'memory':
				return `${rule.bytes} bytes of memory`;
		}
	};
	return rule.effect === 'deny' ? `not ${words()}` : words();
}

/** What a rule comes to under compiled grants, in words; null where it makes no difference to them. */
function granted(rule: PolicyRule, { preopens, paths, hosts, variables }: Grants): string | null {
	const isOf = (grant: { readonly rule: RuleRef | null }) => grant.rule === rule.ref;
	switch (rule.kind) {
		case 'storage': {
			if (paths.some(isOf)) return written(rule);
			const opened = preopens.find(isOf);
			if (!opened) return null;
			const access = [opened.read && 'read', opened.write && 'write'].filter(Boolean).join(' and ');
			return access === '' ? null : `${access} ${rule.uri}`;
		}
		case 'host': {
			const host = hosts.find(isOf);
			if (!host) return null;
			// As it is compared: of what is written, a release looks neither at a port nor at a path.
			const words = `${host.scheme === null ? '' : `${host.scheme}://`}${host.host}${host.port === null ? '' : `:${host.port}`}`;
			const as = words === rule.host ? words : `${words} (written ${rule.host})`;
			return host.effect === 'deny' ? `not ${as}` : as;
		}
		case 'cidr':
			return hosts.some(isOf) ? written(rule) : null;
		case 'environment':
			return variables.some(isOf) ? written(rule) : null;
		case 'memory':
			return null;
	}
}
