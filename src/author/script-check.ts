import { upTo } from '../core/up-to';
import { itemAt } from '../core/item-at';
import { camelCase, type WitItem } from '../core/wit';
import type { WitFunction } from '../core/wit/types';
import type { DescribedTool } from './build-tool';
import { preludeTypes } from './prelude-types';
import { scriptTypes } from './script-types';
import { TypeWriter } from './type-writer';

/** The script among the files of a check. JavaScript is checked under this name too. */
export const scriptFile = 'file:///tool.ts';

/** What holds a script's exports against its world, a line for each after the first. */
export const exportsFile = 'file:///exports.ts';

/** Options of TypeScript's compiler, as numbers where it has enumerations. What a browser has beside the language is not there. */
export const scriptOptions = {
	allowJs: true,
	checkJs: true,
	allowNonTsExtensions: true,
	// ESNext, in modules as bundlers look for them; every script is a module.
	target: 99,
	module: 99,
	moduleResolution: 100,
	moduleDetection: 3,
	lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
	types: [],
	noEmit: true,
	skipLibCheck: true,
	// What suits a script without types, or with few: none is asked for, and null fits everywhere.
	strict: false,
} as const;

/** One thing that a world wants of a script. */
export interface CheckedExport {
	/** As the script exports it: `greet`, or `dice` with its members. */
	readonly name: string;
	/** The same in WIT. */
	readonly of: string;
}

/** What TypeScript is to know beside a script, and what is asked of the script's exports. */
export interface ScriptCheck {
	readonly files: readonly { readonly path: string; readonly text: string }[];
	/** By the line of {@link exportsFile}, from its second on. */
	readonly exports: readonly CheckedExport[];
}

/** Puts together what a script of a world is checked by. */
export function scriptCheck({ world, kind }: Pick<DescribedTool, 'world' | 'kind'>): ScriptCheck {
	const canWait = kind === 'async';
	const wanted = world.exports.flatMap((item) => wantedOf(item, canWait));
	return {
		files: [
			{ path: 'file:///world.d.ts', text: scriptTypes(world) },
			{ path: 'file:///prelude.d.ts', text: preludeTypes(canWait) },
			{
				path: exportsFile,
				text: ["import * as tool from './tool';", ...wanted.map(({ line }) => line)].join('\n'),
			},
		],
		exports: wanted.map(({ name, of }) => ({ name, of })),
	};
}

function wantedOf(
	{ name: of, kind, functions }: WitItem,
	canWait: boolean,
): readonly (CheckedExport & { readonly line: string })[] {
	if (kind === 'resource') return [];
	const isInterface = kind === 'interface';
	const name = camelCase(isInterface ? itemAt(upTo(of, '@').split('/'), -1) : of);
	return functions
		.filter((fn) => !fn.name.startsWith('['))
		.map((fn) => {
			const way = isInterface ? `${name}.${camelCase(fn.name)}` : name;
			return { name, of, line: `tool.${way} satisfies ${wantedType(fn, canWait)};` };
		});
}

/** The type that a script's function is held against: of what it takes as it is, of what it gives loosely. */
function wantedType(fn: WitFunction, canWait: boolean): string {
	const options = { homes: new Map<string, string>(), inline: true };
	const given = new TypeWriter(options).signature({ ...fn, result: null, async: false }, ' => ');
	const back = fn.result?.kind === 'result' ? fn.result.ok : fn.result;
	// What nothing is asked of may give anything.
	const value = back ? new TypeWriter({ ...options, loose: true }).text(back) : 'unknown';
	const whole = canWait && value !== 'unknown' ? `${value} | Promise<${value}>` : value;
	return given.replace(/void$/, whole);
}
