import { engines, releaseIds } from '../engines';
import { foundName, isPassedOver, passedOver, unfoundName } from '../library-names';
import type { PolicyRule, StorageRule } from '../policy';
import type { ProblemList } from './problem-list';
import type { Problem } from '../types';
import { yamlString } from './yaml-text';

const scheme = 'fs://';
const writeOnlyIds = engines.filter(({ traits }) => traits.writeOnly).map(({ id }) => id);
const writeReadsIds = engines.filter(({ traits }) => !traits.writeOnly).map(({ id }) => id);

/** Warns where a storage rule is skipped, makes every call fail, or grants another access than it says. */
export function warnOfStorage(
	{ uri, access, value, effect, range }: StorageRule,
	problems: ProblemList,
): void {
	const replaceBy = (text: string, title = `Write ${text}`): Problem['fix'] => ({
		title,
		...value,
		text: yamlString(text),
	});

	if (!uri.startsWith(scheme)) {
		const path = /^file:\/\/(\/.*)$/.exec(uri)?.[1] ?? (/^[/.\w*][^:]*$/.test(uri) ? uri : null);
		const fix = path === null ? undefined : replaceBy(scheme + path);
		return problems.warning(
			'storage-scheme',
			'A URI that does not start with fs:// is skipped: this rule does nothing',
			value,
			undefined,
			fix,
		);
	}
	if (effect === 'deny') return;
	const path = uri.slice(scheme.length);
	const asWritten = takenAsWritten(path);
	if (asWritten) {
		problems.warning(
			'storage-as-written',
			`${asWritten}. Where no directory has that very name, every call fails`,
			value,
			undefined,
			path.includes('%20') ? replaceBy(uri.replaceAll('%20', ' ')) : undefined,
		);
	} else if (path.includes('*')) {
		const message =
			'Globs are not expanded: this names a directory with a * in its name, and where there is none every call fails with “Error: No such file or directory (os error 2)”';
		problems.warning('storage-glob', message, value, releaseIds, globFix(uri, replaceBy));
	} else if (looksLikeFile(path)) {
		const parent = uri.slice(0, uri.lastIndexOf('/')) + (path.lastIndexOf('/') <= 0 ? '/' : '');
		const message =
			'Only directories can be granted: where this is a file, every call fails with “Error: Not a directory (os error 20)”';
		const fix = replaceBy(parent, `Grant ${parent} and all below it`);
		problems.warning('storage-file', message, value, releaseIds, path.includes('/') ? fix : undefined);
	} else {
		const unfound = unfoundName(path);
		const name = foundName(path);
		const fix = name === null ? undefined : replaceBy(scheme + name);
		if (unfound) problems.warning('storage-name', unfound, value, releaseIds, fix);
	}
	if (access.length === 1 && access[0] === 'write') {
		problems.warning('write-only', 'Files can be written and listed here, and not read', range, writeOnlyIds);
		problems.warning(
			'write-includes-read',
			'There is no write-only access: this grants reading too',
			range,
			writeReadsIds,
		);
	}
}

/** Warns of folders that components are handed and do not find for their number. */
export function warnOfManyFolders(rules: readonly PolicyRule[], problems: ProblemList): void {
	const folders = rules.filter(
		(rule): rule is StorageRule =>
			rule.kind === 'storage' && rule.effect === 'allow' && rule.uri.startsWith(scheme),
	);
	for (const [index, { value }] of folders.entries())
		if (isPassedOver(index, folders.length))
			problems.warning('storage-many', `${passedOver}. This one is between them`, value, releaseIds);
}

/** What people write that something else would expand or decode, and Wassette takes as it stands; null where there is nothing of that. */
function takenAsWritten(path: string): string | null {
	if (/\$\(|\$\{?\w/.test(path))
		return 'No shell reads this: `$` is part of a name here. Write the whole path from the root, such as fs:///home/me/project';
	if (/^\/?~/.test(path))
		return 'No shell reads this: `~` is part of a name here. Write your home directory in full, such as fs:///home/me';
	if (path.includes('\\') || /^\/?[a-z]:/i.test(path))
		return 'There are no drives here, and a backslash is part of a name. Write the path with slashes, from the root';
	if (/%[0-9a-f]{2}/i.test(path))
		return 'Nothing is decoded here: `%` and what follows are part of the name. Write the characters themselves';
	return null;
}

/** `dir/**` means the same as `dir`, and `dir/*` a little less. What has a wildcard elsewhere has no other spelling. */
function globFix(uri: string, replaceBy: (text: string, title?: string) => Problem['fix']): Problem['fix'] {
	const [, above = '', wildcard] = /^(.*?)(\/\*\*?)$/.exec(uri) ?? [];
	const directory = above === 'fs://' || above === 'fs:/' ? 'fs:///' : above;
	if (directory === '' || directory.includes('*')) return undefined;
	return wildcard === '/**'
		? replaceBy(directory)
		: replaceBy(directory, `Grant ${directory} and all below it`);
}

/** A last name with an extension; directories seldom have one, and hidden ones start with the dot. */
const looksLikeFile = (path: string): boolean =>
	/^\.*[^.].*\.[a-z][a-z0-9]{0,4}$/is.test(path.slice(path.lastIndexOf('/') + 1));
