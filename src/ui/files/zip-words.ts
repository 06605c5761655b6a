import type { FilesZip } from '../../core/export/files-zip';
import { count } from '../base/format';
import { visibleText } from '../text/visible';

/** Changed names that are said; the others are counted. */
const mostNames = 3;

/** What in a zip is not as it is on the page, in sentences; empty where all of it is. */
export function zipWords({ changed, links, hidden }: Omit<FilesZip, 'bytes'>): string {
	const names = changed
		.slice(0, mostNames)
		.map(({ from, to }) => `${visibleText(from)} is ${visibleText(to)}`)
		.join(', ');
	const more = changed.length > mostNames ? `, and ${changed.length - mostNames} more` : '';
	return [
		changed.length > 0 &&
			`${count(changed.length, 'name')} in the zip ${changed.length === 1 ? 'was' : 'were'} changed, so that it unpacks safely on every system: ${names}${more}.`,
		links > 0 && `${count(links, 'symbolic link')} ${links === 1 ? 'is' : 'are'} not in it.`,
		hidden > 0 && `Values of secrets are hidden in ${count(hidden, 'file')} of it.`,
	]
		.filter(Boolean)
		.join(' ');
}
