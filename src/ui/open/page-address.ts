import { isLink } from '../../core/scenario';

/** The address of a scenario that the page's own address names as `?src=`; null where it names none. */
export const sourceInAddress = (): string | null => new URL(location.href).searchParams.get('src');

/** Takes the scenario out of the page's address: what is open is no longer exactly that, and a reload goes on with the session. */
export function clearAddress(): void {
	const url = new URL(location.href);
	if (!isLink(url.hash) && !url.searchParams.has('src')) return;
	url.searchParams.delete('src');
	url.hash = '';
	history.replaceState(history.state, '', url.href.replace(/#$/, ''));
}

/** The origin that a person names by an address or by a host alone, which is then one over https; null where it is neither. */
export function originIn(text: string): string | null {
	const named = text.trim();
	const url = URL.parse(/^https?:\/\//i.test(named) ? named : `https://${named}`);
	return url && url.hostname !== '' ? url.origin : null;
}
