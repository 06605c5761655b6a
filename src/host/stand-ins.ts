import type { Capability } from '../core/activity';
import type { StandIn } from '../core/call';
import { camelCase, pascalCase } from '../core/wit/names';
import type { WitFunction } from '../core/wit/types';
import { memberNamed } from './members';
import type { Recorder } from './recorder';
import { plainValue } from './stand-in-value';
import type { HostImports } from './types';

type ResourceClass = new (...args: unknown[]) => object;

/**
 * Answers imports that nobody provides, each with the plainest value of its type, and records every call as a stand-in. Resources that one of
 * them gives out are shared by all; of the host's own, `provided` makes those it knows.
 */
export function createStandIns(
	standIns: readonly StandIn[],
	recorder: Recorder,
	provided: (resource: string) => unknown,
): HostImports {
	const classes = new Map<string, ResourceClass>();
	const make = (name: string): unknown => {
		const known = classes.get(name);
		// Its constructor is for the guest and records the call; a handle that is given out is made without it.
		return known ? Object.create(known.prototype as object) : provided(name);
	};
	const answer = (standIn: StandIn, fn: WitFunction) => {
		recorder.record({
			capability: capabilityOf(standIn.key),
			operation: fn.name,
			target: standIn.key,
			outcome: 'allow',
			rule: null,
			reason: 'stand-in',
		});
		return fn.result ? plainValue(fn.result, make) : undefined;
	};
	for (const standIn of standIns) {
		for (const resource of standIn.resources) {
			const constructor = standIn.functions.find((fn) => fn.name === `[constructor]${resource}`);
			classes.set(
				resource,
				class {
					constructor() {
						if (constructor) answer(standIn, { ...constructor, result: null });
					}
				},
			);
		}
	}
	const imports: HostImports = Object.create(null);
	for (const standIn of standIns) {
		const members: Record<string, unknown> = Object.create(null);
		for (const resource of standIn.resources) members[pascalCase(resource)] = classes.get(resource);
		for (const fn of standIn.functions) {
			const call = () => answer(standIn, fn);
			const member = memberNamed(fn.name);
			const owner = member.resource === null ? undefined : classes.get(member.resource);
			if (member.kind === 'function') members[camelCase(member.name)] = call;
			if (member.kind === 'static' && owner) define(owner, camelCase(member.name), call);
			if (member.kind === 'method' && owner) define(owner.prototype as object, camelCase(member.name), call);
		}
		// A function or a resource of the world itself is what its key holds as `default`.
		if (standIn.kind === 'interface') imports[standIn.key] = members;
		else imports[standIn.key] = { default: Object.values(members)[0] };
	}
	return imports;
}

/** Defined, not assigned: a guest may call a static function `name` or `length`. */
const define = (object: object, key: string, value: unknown) =>
	Object.defineProperty(object, key, { value, configurable: true });

/** What an interface is about, as far as its name tells. */
const capabilityOf = (key: string): Capability => {
	if (/key-?value|store|storage|cache/i.test(key)) return 'storage';
	return /http|messag|sql|socket|redis|net/i.test(key) ? 'network' : 'environment';
};
