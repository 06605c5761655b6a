import { MalformedBinary } from './binary';
import { readProducers } from './inspect';
import { componentSection, readSections, type Section } from './sections';

/** What a component is made of, by what its bytes say. */
export interface Anatomy {
	/** Bytes by kind of section, largest first; those of core modules are told apart, and nested components are looked into. */
	readonly sections: readonly (readonly [name: string, bytes: number])[];
	/** What made it and its modules, such as `language Rust 1.80.0`, each once. */
	readonly producers: readonly string[];
	/** The language that its largest module was compiled from, where the producers tell; null where they do not. */
	readonly language: string | null;
}

const coreNames = [
	...['custom', 'types', 'imports', 'functions', 'tables', 'memories', 'globals', 'exports'],
	...['start', 'elements', 'code', 'data', 'data count', 'tags'],
];

/** Components nested deeper than this are not looked into. */
const maximumNesting = 16;

/** Takes a component apart. What cannot be read counts as one piece; never throws. */
export function anatomyOf(bytes: Uint8Array): Anatomy {
	const sizes = new Map<string, number>();
	const producers = new Set<string>();
	let largest = 0;
	let main: readonly string[] = [];
	const count = (name: string, size: number) => sizes.set(name, (sizes.get(name) ?? 0) + size);

	function walk(content: Uint8Array, isModule: boolean, depth: number): void {
		const sections = sectionsOf(content);
		if (!sections) return void count('unreadable', content.length);
		if (isModule && content.length > largest) {
			largest = content.length;
			main = sections.flatMap(({ id, name, content: inner }) =>
				id === 0 && name === 'producers' ? readProducers(inner) : [],
			);
		}
		for (const section of sections) {
			const { id, name, content: inner, whole } = section;
			if (id === 0) {
				if (name === 'producers') readProducers(inner).forEach((each) => producers.add(each));
				count(customWords(name), whole.length);
			} else if (isModule) count(coreNames[id] ?? `section ${id}`, whole.length);
			else if (id === componentSection.coreModule) walk(inner, true, depth);
			else if (id === componentSection.component && depth < maximumNesting) walk(inner, false, depth + 1);
			else count('component types and wiring', whole.length);
		}
	}

	walk(bytes, false, 0);
	return {
		sections: [...sizes].sort(([, a], [, b]) => b - a),
		producers: [...producers],
		language: languageOf([...producers], main),
	};
}

function sectionsOf(content: Uint8Array): readonly Section[] | null {
	try {
		return readSections(content);
	} catch (error) {
		if (error instanceof MalformedBinary) return null;
		throw error;
	}
}

function customWords(name: string | null): string {
	if (name === 'name' || name === 'component-name') return 'debug names';
	if (name?.startsWith('.debug')) return 'debug information';
	return `custom: ${name}`;
}

/** Tools that are used with one language only. */
const tellers: readonly (readonly [RegExp, string])[] = [
	[/componentize-py/i, 'Python'],
	[/componentize-js|componentize-qjs|StarlingMonkey|quickjs/i, 'JavaScript'],
	[/TinyGo/i, 'Go (TinyGo)'],
	[/AssemblyScript/i, 'AssemblyScript'],
	[/wit-bindgen-rust\b/i, 'Rust'],
	[/wit-bindgen-c\b/i, 'C or C++'],
	[/wit-bindgen-go\b/i, 'Go'],
	[/wit-bindgen-csharp\b/i, 'C#'],
];

/** An adapter that a builder adds is in Rust, whatever the component is in; so only what the main module says of languages counts. */
function languageOf(all: readonly string[], main: readonly string[]): string | null {
	for (const [pattern, language] of tellers) if (all.some((each) => pattern.test(each))) return language;
	const said = main.flatMap((each) => /^language (.+)$/.exec(each)?.[1]?.trim() ?? []);
	if (said.length > 0) return said.join(' and ');
	return main.some((each) => /\bclang\b/i.test(each)) ? 'C or C++' : null;
}
