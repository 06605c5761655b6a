import type { StandIn } from '../core/call';
import { fromCrossing, toCrossing, type CrossAnswer, type Crossing } from '../core/link';
import { camelCase, pascalCase } from '../core/wit/names';
import type { WitFunction } from '../core/wit/types';
import { memberNamed } from './members';
import type { PartResources } from './part-resources';
import { GuestTrap, type GuestEnd, type HostImports } from './types';

interface LinkPorts {
	readonly cross: (crossing: Crossing) => Promise<CrossAnswer>;
	/** Ends the call from inside a host call. */
	readonly end: (reason: GuestEnd) => never;
}

/**
 * Imports that other components provide. Each call of one is asked of the page, and the guest is suspended meanwhile. A resource of theirs is
 * an object here that stands for it; a provider that fails ends the call.
 */
export function createLinked(
	links: readonly StandIn[],
	resources: PartResources,
	{ cross, end }: LinkPorts,
): HostImports {
	const imports: HostImports = Object.create(null) as HostImports;
	for (const [index, link] of links.entries()) {
		const call = async (fn: number, args: readonly unknown[]): Promise<unknown> => {
			const { params, result } = link.functions[fn]!;
			await resources.settled(args);
			const crossing = {
				import: index,
				fn,
				args: params.map(({ type }, at) => toCrossing(type, args[at], resources.give)),
			};
			const answer = await cross(crossing);
			if (!answer.ok) return end(new GuestTrap(answer.message));
			return result ? fromCrossing(result, answer.value, resources.take) : undefined;
		};
		imports[link.key] = membersOf(link, resources, call);
	}
	return imports;
}

type Call = (fn: number, args: readonly unknown[]) => Promise<unknown>;

/** What the program looks up under an import's key. */
function membersOf(link: StandIn, resources: PartResources, call: Call): Record<string, unknown> {
	const members: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
	for (const name of link.resources) {
		const constructor = link.functions.findIndex((fn) => fn.name === `[constructor]${name}`);
		// A constructor has no time: what it makes is there once somebody asks something of it.
		const made = resources.classOf(name, (args) =>
			constructor < 0 ? null : call(constructor, args).then((object) => resources.handleOf(object)),
		);
		members[pascalCase(name)] = made;
	}
	for (const [index, fn] of link.functions.entries()) addFunction(members, fn, index, call);
	// A function of the world itself is what its key holds as `default`.
	return link.kind === 'interface' ? members : { default: Object.values(members)[0] };
}

function addFunction(members: Record<string, unknown>, fn: WitFunction, index: number, call: Call): void {
	const member = memberNamed(fn.name);
	const key = camelCase(member.name);
	if (member.kind === 'function') members[key] = (...args: readonly unknown[]) => call(index, args);
	if (member.kind === 'constructor' || member.resource === null) return;
	const owner = members[pascalCase(member.resource)] as (new () => object) | undefined;
	if (!owner) return;
	if (member.kind === 'static') define(owner, key, (...args: readonly unknown[]) => call(index, args));
	// A method has what it is called on as its first parameter.
	if (member.kind === 'method')
		define(owner.prototype as object, key, function (this: unknown, ...args: readonly unknown[]) {
			return call(index, [this, ...args]);
		});
}

/** Defined, not assigned: a static function may be called `name` or `length`. */
const define = (object: object, key: string, value: unknown) =>
	Object.defineProperty(object, key, { value, configurable: true });
