import { compile } from '../rule/compile';
import { coversGlob, overlapsGlob, type GlobPattern } from '../rule/cover-glob';
import { coversHost, overlapsHost, type HostSpan } from '../rule/cover-host';
import { handsAllOver } from '../rule/hands-all-over';
import type { ParsedPolicy } from '../read/parse';
import type { EngineId, Grants, PathRule, RuleRef, WorldView } from '../types';

/** One thing that a rule lets through or keeps out, small enough to be compared with another one. */
export type ReachPart =
	| (GlobPattern & {
			readonly kind: 'storage';
			readonly access: 'read' | 'write';
			readonly rule: RuleRef;
	  })
	| (HostSpan & {
			readonly kind: 'network';
			readonly scheme: 'http' | 'https';
			/** Null is every port. */
			readonly port: number | null;
			readonly rule: RuleRef;
	  })
	/** A null key is every configured variable, secrets too. */
	| { readonly kind: 'environment'; readonly key: string | null; readonly rule: RuleRef | null };

/** All that a policy lets through under one engine, taken apart. */
export interface PolicyReach {
	readonly engine: EngineId;
	/** What every call is answered with, where the policy makes every call fail; nothing is allowed then. */
	readonly failure: string | null;
	readonly allows: readonly ReachPart[];
	/** Only `documented` has these. They win over all that is allowed. */
	readonly denies: readonly ReachPart[];
	/** Bytes; null is no limit. */
	readonly memory: number | null;
	/** Names may be looked up. */
	readonly nameLookup: boolean;
}

/** Takes apart what a policy lets through; `null` is a component with no policy attached. */
export function policyReachOf(policy: ParsedPolicy | null, engine: EngineId, world: WorldView): PolicyReach {
	const compiled = compile(policy, engine, world);
	if (!compiled.ok) {
		const nothing = { allows: [], denies: [], memory: null, nameLookup: false };
		return { engine, failure: compiled.error.message, ...nothing };
	}
	const grants = compiled.value;
	const everything: readonly ReachPart[] = handsAllOver(policy, engine)
		? [{ kind: 'environment', key: null, rule: null }]
		: [];
	return {
		engine,
		failure: null,
		allows: [
			...storageParts(grants, 'allow'),
			...networkParts(grants, 'allow'),
			// A secret that is handed over whatever a policy says is no matter of the policy.
			...grants.variables
				.filter(({ reason }) => reason === 'granted')
				.map(({ key, rule }) => ({ kind: 'environment' as const, key, rule })),
			...everything,
		],
		denies: [...storageParts(grants, 'deny'), ...networkParts(grants, 'deny')],
		memory: grants.memory?.bytes ?? null,
		nameLookup: grants.nameLookup ?? false,
	};
}

function storageParts(grants: Grants, effect: PathRule['effect']): readonly ReachPart[] {
	if (grants.rules === 'documented')
		return grants.paths
			.filter((path) => path.effect === effect)
			.flatMap(({ segments, deep, access, rule }) =>
				access.map((one) => ({ kind: 'storage' as const, segments, deep, access: one, rule })),
			);
	if (effect === 'deny') return [];
	return grants.preopens.flatMap((preopen) =>
		(['read', 'write'] as const)
			.filter((access) => preopen[access])
			.map((access) => ({
				kind: 'storage' as const,
				// To a release a star is part of a name, so it must not count as a wildcard here; no path holds a NUL.
				segments: preopen.path.replaceAll('*', '\0').split('/').filter(Boolean),
				deep: true,
				access,
				rule: preopen.rule,
			})),
	);
}

function networkParts({ hosts }: Grants, effect: PathRule['effect']): readonly ReachPart[] {
	return hosts
		.filter((host) => host.effect === effect)
		.flatMap(({ host, port, cidr, scheme, rule }) =>
			(['http', 'https'] as const)
				.filter((one) => scheme === null || scheme === one)
				.map((one) => ({ kind: 'network' as const, scheme: one, host, port, cidr, rule })),
		);
}

/** Whether everything that `narrow` is about is in `wide`. True only where it is so. */
export function coversPart(wide: ReachPart, narrow: ReachPart): boolean {
	if (wide.kind === 'storage' && narrow.kind === 'storage')
		return wide.access === narrow.access && coversGlob(wide, narrow);
	if (wide.kind === 'network' && narrow.kind === 'network')
		return (
			wide.scheme === narrow.scheme &&
			(wide.port === null || wide.port === narrow.port) &&
			coversHost(wide, narrow)
		);
	if (wide.kind === 'environment' && narrow.kind === 'environment')
		return wide.key === null || wide.key === narrow.key;
	return false;
}

/** Whether something is in both. False only where nothing is. */
export function overlapsPart(one: ReachPart, other: ReachPart): boolean {
	if (one.kind === 'storage' && other.kind === 'storage')
		return one.access === other.access && overlapsGlob(one, other);
	if (one.kind === 'network' && other.kind === 'network')
		return (
			one.scheme === other.scheme &&
			(one.port === null || other.port === null || one.port === other.port) &&
			overlapsHost(one, other)
		);
	return coversPart(one, other) || coversPart(other, one);
}
