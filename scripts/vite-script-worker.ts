import type { Plugin } from 'vite';

/** Leaves out of Monaco's TypeScript the declarations of what a browser has beside the language: two thirds of them, which no script is checked by. */
export function languageLibraries(): Plugin {
	return {
		name: 'tapedeck:language-libraries',
		transform(code, id) {
			if (!/typescript\/lib\/lib\.js$/.test(id)) return null;
			const libraries = code.split(/^(?=libFileMap\[|export )/m);
			return libraries
				.filter((text) => !/^libFileMap\["lib\.(?:dom|webworker|scripthost)\b/.test(text))
				.join('');
		},
	};
}
