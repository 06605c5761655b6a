import { itemAt } from '../core/item-at';

/** What wasm-tools says of a core module that is no inside of a component of its world, what is told of it, and what in the text it is about. */
const misfits: readonly (readonly [
	RegExp,
	(...found: string[]) => { readonly words: string; readonly about?: string },
])[] = [
	[
		/failed to find export of interface `([^`]*)` function `([^`]*)`/,
		(of, name) => ({
			words: `the world exports ${name} of ${of}, and the module has no such function: add (export "${of}#${name}") to one`,
		}),
	],
	[
		/failed to find export of function `([^`]*)`/,
		(name) => ({
			words: `the world exports ${name}, and the module has no function of that name: add (export "${name}") to one`,
		}),
	],
	[
		/type mismatch for function `([^`]*)`: expected `([^`]*)` but found `([^`]*)`/,
		(name, wanted, found) => ({
			words: `${name} is ${signature(wanted)} by the world, and ${signature(found)} in the module`,
			about: name,
		}),
	],
	[
		/no top-level imported function `([^`]*)`/,
		(name) => ({
			words: `the module imports ${name} of the world itself ("$root"), and the world imports no such function`,
			about: name,
		}),
	],
	[
		/module requires an import interface named `([^`]*)`/,
		(name) => ({
			words: `the module imports ${name}, and the world does not${name.includes(':') ? `: add "import ${name};" to it` : ''}`,
			about: name,
		}),
	],
	[
		/import interface `([^`]*)` is missing function `([^`]*)`/,
		(of, name) => ({ words: `${of} has no function ${name}`, about: name }),
	],
	[
		/does not export a memory named `memory`/,
		() => ({
			words:
				'what the world passes stands in a memory, and the module exports none: add (memory (export "memory") 1)',
		}),
	],
	[
		/does not export a function named `cabi_realloc`/,
		() => ({
			words:
				'what the world passes needs room in the memory, which a function cabi_realloc makes: export one of type (param i32 i32 i32 i32) (result i32)',
		}),
	],
];

/** Why a core module is not made into a component of its world, in one sentence, with line and column where the text has what is wrong. */
export function worldMisfit(text: string, message: string): string {
	for (const [said, told] of misfits) {
		const found = said.exec(message);
		if (!found) continue;
		const { words, about } = told(...found.slice(1));
		return `This module does not fit its world: ${about === undefined ? '' : placeOf(text, about)}${words}.`;
	}
	const last = itemAt(message.trim().split('\n'), -1);
	const words = last.replace(/^\s*(?:\d+: )?/, '').slice(0, 400);
	return `No component could be made of this module: ${words}.`;
}

/** `[I32] -> []` as `(param i32)`. */
function signature(words: string): string {
	const [params = '', results = ''] = words
		.split('->')
		.map((side) => side.toLowerCase().match(/\w+/g)?.join(' '));
	const parts = [params && `(param ${params})`, results && `(result ${results})`].filter(Boolean);
	return `(func${parts.map((part) => ` ${part}`).join('')})`;
}

/** Where a name first stands in an import or an export, as `line 1, column 2: `. */
function placeOf(text: string, name: string): string {
	const quoted = `"${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"`;
	const found = new RegExp(`\\(\\s*(?:import|export)\\b[^()]*?${quoted}`).exec(text);
	if (!found) return '';
	const before = text.slice(0, found.index).split('\n');
	return `line ${before.length}, column ${itemAt(before, -1).length + 1}: `;
}
