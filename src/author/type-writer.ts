import { camelCase, pascalCase } from '../core/wit';
import type { WitFunction, WitType } from '../core/wit/types';

/** Where types are written. */
export interface TypeWriterOptions {
	/** The module that declares a resource, by its name in WIT. */
	readonly homes?: ReadonlyMap<string, string>;
	/** Resources that are declared beside what is written. */
	readonly own?: readonly string[];
	/** Types with a name are written out where they are used; else they are declared, see `declarations`. */
	readonly inline?: boolean;
	/**
	 * A script's own function is held against what is written. What TypeScript makes of `return 'red'` is a string and of `[1, 2n]` a list, so
	 * that neither cases nor places are told apart.
	 */
	readonly loose?: boolean;
}

/** Names that are of the language, or of the module that they would be declared in. */
const taken = new Set(['Array', 'Map', 'Promise', 'Uint8Array', 'AsyncIterable', 'Tool']);

/** Words that can name no parameter. */
export const reserved =
	/^(?:arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/;

/** A name as it can be declared: another where its own is a word of the language. */
export const declarableName = (name: string): string => (reserved.test(name) ? `${name}_` : name);

/** Writes WIT's types as TypeScript has them in a script. */
export class TypeWriter {
	readonly #options: TypeWriterOptions;
	readonly #declared = new Map<string, string>();

	constructor(options: TypeWriterOptions = {}) {
		this.#options = options;
	}

	/** The types with a name that were written until now, as declarations. */
	declarations(): readonly string[] {
		return [...this.#declared].map(([name, text]) => `  export type ${name} = ${text};`);
	}

	/** A function's parameters and what it gives; a `result` at the top is returned or thrown. */
	signature({ params, result, async }: WitFunction, arrow = ': '): string {
		const given = params
			.map(({ name, type }) => `${declarableName(camelCase(name))}: ${this.text(type)}`)
			.join(', ');
		const back = result?.kind === 'result' ? result.ok : result;
		const value = back ? this.text(back) : 'void';
		return `(${given})${arrow}${async ? `Promise<${value}>` : value}`;
	}

	/** A type where it is used. */
	text(type: WitType): string {
		const of = (part: WitType | null, none = 'void') => (part ? this.text(part) : none);
		const { loose } = this.#options;
		switch (type.kind) {
			case 'bool':
				return 'boolean';
			case 'u64':
			case 's64':
				return 'bigint';
			case 'char':
			case 'string':
				return 'string';
			case 'list':
				if (type.element.kind !== 'u8') return `Array<${of(type.element)}>`;
				return loose ? 'Uint8Array | Array<number>' : 'Uint8Array';
			case 'map':
				return `Map<${of(type.key)}, ${of(type.value)}>`;
			case 'option':
				if (type.element.kind !== 'option') return `${of(type.element)} | null`;
				return loose ? '{ tag: string }' : `{ tag: 'some'; val: ${of(type.element)} } | { tag: 'none' }`;
			case 'result':
				return loose
					? '{ tag: string }'
					: `{ tag: 'ok'; val: ${of(type.ok, 'undefined')} } | { tag: 'err'; val: ${of(type.err, 'undefined')} }`;
			case 'tuple':
				return loose
					? `Array<${type.elements.map((part) => of(part)).join(' | ') || 'never'}>`
					: `[${type.elements.map((part) => of(part)).join(', ')}]`;
			case 'record':
			case 'variant':
			case 'enum':
			case 'flags':
				return this.#named(type);
			case 'own':
			case 'borrow':
				return this.#resource(type.resource);
			case 'future':
				return `Promise<${of(type.element)}>`;
			case 'stream':
				return `AsyncIterable<${of(type.element)}>`;
			case 'error-context':
				return 'unknown';
			default:
				return 'number';
		}
	}

	#named(type: Extract<WitType, { kind: 'record' | 'variant' | 'enum' | 'flags' }>): string {
		const text = this.#definition(type);
		if (this.#options.loose) return text;
		if (this.#options.inline) return `(${text})`;
		const plain = pascalCase(type.name);
		// Two interfaces may have different types of one name.
		for (let count = 1; ; count += 1) {
			const name = `${plain}${taken.has(plain) ? 'Type' : ''}${count === 1 ? '' : count}`;
			const before = this.#declared.get(name);
			if (before === undefined) this.#declared.set(name, text);
			if (before === undefined || before === text) return name;
		}
	}

	#definition(type: Extract<WitType, { kind: 'record' | 'variant' | 'enum' | 'flags' }>): string {
		const { loose } = this.#options;
		switch (type.kind) {
			case 'record':
				return `{ ${type.fields.map((field) => `${camelCase(field.name)}: ${this.text(field.type)}`).join('; ')} }`;
			case 'variant':
				if (loose) return '{ tag: string }';
				return type.cases
					.map((each) => `{ tag: '${each.name}'${each.type ? `; val: ${this.text(each.type)}` : ''} }`)
					.join(' | ');
			case 'enum':
				return loose ? 'string' : type.cases.map((each) => `'${each}'`).join(' | ');
			case 'flags':
				return `{ ${type.flags.map((flag) => `${camelCase(flag)}?: boolean`).join('; ')} }`;
		}
	}

	#resource(resource: string): string {
		const { homes, own, loose } = this.#options;
		const name = pascalCase(resource);
		if (own?.includes(resource) || !homes) return name;
		const home = homes.get(resource);
		// What the script itself declares it knows best.
		return home === undefined || loose ? 'any' : `import('${home}').${name}`;
	}
}
