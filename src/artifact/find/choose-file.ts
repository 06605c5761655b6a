import { isComponentName } from '../../core/component-name';
import { err, ok, type Result } from '../../core/result';
import type { FetchProblem } from '../fetch-problem';

/** A file that a site lists. */
export interface ListedFile {
	readonly name: string;
	readonly size: number | null;
}

/** Choices that are shown at most. */
const mostChoices = 100;

/** The one component of a list. Where there are several they are to be chosen from, each by what names it alone in the field. */
export function chooseFile<T extends ListedFile>(
	files: readonly T[],
	where: string,
	addressOf: (file: T) => string,
): Result<T, FetchProblem> {
	const components = files.filter(({ name }) => isComponentName(name));
	const [one, ...others] = components;
	if (!one) {
		const names = files.slice(0, 8).map(({ name }) => name);
		return err({
			message: `There is no component (.wasm or .wat) in ${where}${names.length === 0 ? '' : `: it has ${names.join(', ')}${files.length > 8 ? ' and more' : ''}`}.`,
		});
	}
	if (others.length === 0) return ok(one);
	return err({
		message: `There are ${components.length} components in ${where}. Choose the one that is meant.`,
		choices: components
			.slice(0, mostChoices)
			.map((file) => ({ label: file.name, address: addressOf(file), size: file.size })),
	});
}
