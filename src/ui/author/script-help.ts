import { itemAt } from '../../core/item-at';
import { functionType } from '../../author/script-types';
import { camelCase, type WitItem, type WitWorld } from '../../core/wit';
import type { LanguageHelp } from '../editor/types';

/** What a world wants is named where a script is about to export it; the rest is known to what checks the script. */
export function exportHelp(world: WitWorld | null): LanguageHelp | undefined {
	const help = scriptHelp(world);
	const naming = /\bexport\s+(?:async\s+)?(?:function|const|let|var|class)\s+[\w$]*$/;
	return (
		help && {
			suggest: (text, offset) => (naming.test(text.slice(0, offset)) ? help.suggest(text, offset) : []),
			hover: () => null,
		}
	);
}

/** What can be imported and called in a script of a world, while it is typed; what is said of a name under the pointer. */
export function scriptHelp(world: WitWorld | null): LanguageHelp | undefined {
	if (!world) return undefined;
	const modules = world.imports.filter(({ kind }) => kind === 'interface');
	return {
		suggest: (text, offset) => {
			const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
			const word = wordBefore(line, line.length);
			const completed = (
				label: string,
				detail: string,
				documentation?: string,
				from = offset - word.length,
			) => ({
				label,
				insert: label,
				detail,
				...(documentation && { documentation }),
				from,
				to: offset,
			});
			const specifier = /from\s*['"]([^'"]*)$/.exec(line)?.[1];
			if (specifier !== undefined)
				return modules.map(({ name, docs }) =>
					completed(name, 'interface of the world', docs, offset - specifier.length),
				);
			if (/^\s*import\s*\{[^}]*$/.test(line)) {
				const meant = /^[^'"\n]*from\s*['"]([^'"]+)/.exec(text.slice(offset))?.[1];
				return modules
					.filter(({ name }) => meant === undefined || name === meant)
					.flatMap((item) => plain(item).map(({ label, fn }) => completed(label, functionType(fn), fn.docs)));
			}
			const dot = line.length - word.length - 1;
			const owner = line[dot] === '.' ? wordBefore(line, dot) : '';
			if (owner !== '') {
				const item = modules.find(({ name }) => isImportedAs(text, owner, name));
				const functions = item
					? plain(item)
					: modules.flatMap(({ functions }) =>
							functions
								.filter(({ name }) => name.startsWith('[method]'))
								.map((fn) => ({
									label: camelCase(fn.name.split('.')[1] ?? ''),
									fn: { ...fn, params: fn.params.slice(1) },
								})),
						);
				return functions.map(({ label, fn }) => completed(label, functionType(fn), fn.docs));
			}
			return word === ''
				? []
				: world.exports
						.filter(({ kind }) => kind === 'function')
						.flatMap(({ functions }) =>
							functions.map((fn) => completed(camelCase(fn.name), functionType(fn), fn.docs)),
						);
		},
		hover: (text, offset) => {
			const from = offset - wordBefore(text, offset).length;
			const word = /^[\w$]+/.exec(text.slice(from))?.[0];
			if (word === undefined) return null;
			const functions = [...world.imports, ...world.exports].flatMap((item) => item.functions);
			const fn = functions.find(({ name }) => camelCase(name.replace(/^\[[a-z ]+\][^.]*\./, '')) === word);
			if (!fn) return null;
			return {
				text: `${word}${functionType(fn)}${fn.docs ? `\n${fn.docs}` : ''}`,
				from,
				to: from + word.length,
			};
		},
	};
}

const plain = ({ functions }: WitItem) =>
	functions.filter(({ name }) => !name.startsWith('[')).map((fn) => ({ label: camelCase(fn.name), fn }));

/** Whether a script has a whole interface under this name. */
const isImportedAs = (text: string, local: string, specifier: string): boolean =>
	text.split('\n').some((line) => {
		const at = line.indexOf('import ');
		return (
			at !== -1 &&
			line.includes(specifier) &&
			new RegExp(`import\\s+(?:\\*\\s+as\\s+)?${local.replaceAll('$', '\\$')}\\b`).test(line)
		);
	});

/** The letters of a name that end at an offset. */
function wordBefore(text: string, offset: number): string {
	let from = offset;
	while (from > 0 && /[\w$]/.test(itemAt(text, from - 1))) from -= 1;
	return text.slice(from, offset);
}
