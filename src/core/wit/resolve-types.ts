import { WitSyntaxError } from './scanner';
import type { FunctionSyntax, Path, TypeDefinition, TypeSyntax } from './syntax';
import type { WitFunction, WitType } from './types';

/** Where names are looked up: an interface or a world, in a package. */
export interface Scope {
	readonly types: ReadonlyMap<string, TypeDefinition>;
	/** The scope of the interface that a path in a `use` names, or null where the text holds none. */
	readonly find: (path: Path) => Scope | null;
}

type Named = { readonly type: WitType } | { readonly resource: string };

/** A type written out in full may have this many parts and this many levels: names make a short text mean a huge type. */
const maximumParts = 20_000;
const maximumDepth = 64;

/** Turns names into types. Throws `WitSyntaxError` for a name that is not defined, for a circle, and for a type too large to walk. */
export class TypeResolver {
	readonly #done = new Map<TypeDefinition, Named>();
	readonly #open = new Set<TypeDefinition>();
	/** Where the name stands that is being resolved, for messages about its type. */
	#at = 0;
	readonly #extent = new WeakMap<WitType, { parts: number; depth: number }>();

	function(syntax: FunctionSyntax, scope: Scope, owner: string | null): WitFunction {
		this.#at = syntax.at;
		return {
			interface: owner,
			name: syntax.name,
			params: syntax.params.map(({ name, type }) => ({ name, type: this.type(type, scope) })),
			result: syntax.result && this.type(syntax.result, scope),
			...(syntax.async ? { async: true } : {}),
			...(syntax.docs === undefined ? {} : { docs: syntax.docs }),
		};
	}

	type(syntax: TypeSyntax, scope: Scope): WitType {
		switch (syntax.form) {
			case 'plain':
				return syntax.type;
			case 'named': {
				const named = this.#named(syntax.name, scope, syntax.at);
				return 'type' in named ? named.type : { kind: 'own', resource: named.resource };
			}
			case 'own':
			case 'borrow': {
				const named = this.#named(syntax.resource, scope, syntax.at);
				if (!('resource' in named))
					throw new WitSyntaxError(`'${syntax.resource}' is no resource`, syntax.at);
				return { kind: syntax.form, resource: named.resource };
			}
			case 'list': {
				const element = this.type(syntax.element, scope);
				const { length } = syntax;
				return this.#measured({ kind: 'list', element, ...(length === undefined ? {} : { length }) }, [
					element,
				]);
			}
			case 'map': {
				const key = this.type(syntax.key, scope);
				const value = this.type(syntax.value, scope);
				return this.#measured({ kind: 'map', key, value }, [key, value]);
			}
			case 'option': {
				const element = this.type(syntax.element, scope);
				return this.#measured({ kind: 'option', element }, [element]);
			}
			case 'result': {
				const ok = syntax.ok && this.type(syntax.ok, scope);
				const err = syntax.err && this.type(syntax.err, scope);
				return this.#measured({ kind: 'result', ok, err }, [ok, err]);
			}
			case 'tuple': {
				const elements = syntax.elements.map((element) => this.type(element, scope));
				return this.#measured({ kind: 'tuple', elements }, elements);
			}
			case 'future':
			case 'stream': {
				const element = syntax.element && this.type(syntax.element, scope);
				return this.#measured({ kind: syntax.form, element }, [element]);
			}
		}
	}

	#named(name: string, scope: Scope, at: number): Named {
		const definition = scope.types.get(name);
		if (!definition) throw new WitSyntaxError(`no type '${name}' is defined here`, at);
		const known = this.#done.get(definition);
		if (known) return known;
		if (this.#open.has(definition)) throw new WitSyntaxError(`type '${name}' contains itself`, definition.at);
		if (this.#open.size >= maximumDepth) throw new WitSyntaxError('this type is nested too deeply', at);
		this.#open.add(definition);
		this.#at = at;
		const named = this.#define(definition, scope);
		this.#open.delete(definition);
		this.#done.set(definition, named);
		return named;
	}

	#define(definition: TypeDefinition, scope: Scope): Named {
		const { name } = definition;
		switch (definition.form) {
			case 'use': {
				const source = scope.find(definition.from);
				if (!source)
					throw new WitSyntaxError(`no interface '${definition.from.name}' is known`, definition.from.at);
				return this.#named(definition.original, source, definition.at);
			}
			case 'alias':
				if (definition.type.form === 'named') {
					return this.#named(definition.type.name, scope, definition.type.at);
				}
				return { type: this.type(definition.type, scope) };
			case 'record': {
				const fields = definition.fields.map(({ name: field, type, docs }) => ({
					name: field,
					type: this.type(type, scope),
					...(docs === undefined ? {} : { docs }),
				}));
				const parts = fields.map((field) => field.type);
				return { type: this.#measured({ kind: 'record', name, fields }, parts) };
			}
			case 'variant': {
				const cases = definition.cases.map(({ name: tag, type, docs }) => ({
					name: tag,
					type: type && this.type(type, scope),
					...(docs === undefined ? {} : { docs }),
				}));
				const parts = cases.map((each) => each.type);
				return { type: this.#measured({ kind: 'variant', name, cases }, parts) };
			}
			case 'enum':
				return {
					type: this.#measured({ kind: 'enum', name, cases: definition.cases }, [], definition.cases.length),
				};
			case 'flags':
				return {
					type: this.#measured({ kind: 'flags', name, flags: definition.flags }, [], definition.flags.length),
				};
			case 'resource':
				return { resource: name };
		}
	}

	#measured<T extends WitType>(type: T, inner: readonly (WitType | null)[], own = 1): T {
		let parts = own;
		let depth = 0;
		for (const each of inner) {
			const extent = (each && this.#extent.get(each)) ?? { parts: 1, depth: 0 };
			parts += extent.parts;
			depth = Math.max(depth, extent.depth);
		}
		if (parts > maximumParts) throw new WitSyntaxError('this type has too many parts', this.#at);
		if (depth + 1 > maximumDepth) throw new WitSyntaxError('this type is nested too deeply', this.#at);
		this.#extent.set(type, { parts, depth: depth + 1 });
		return type;
	}
}
