import { isLink } from '../../core/scenario';

/** The address of a scenario that the page's own address names as `?src=`; null where it names none. */
export const sourceInAddress = (): string | null => new URL(location.href).searchParams.get('src');

/** Whether the page's address names a scenario. */
export const addressNames = (): boolean => isLink(location.hash) || sourceInAddress() !== null;

/** The page's address without the scenario in it. */
export function bareAddress(): string {
	const url = new URL(location.href);
	url.searchParams.delete('src');
	url.hash = '';
	return url.href.replace(/#$/, '');
}

/** The origin that a person names by an address or by a host alone, which is then one over https; null where it is neither. */
export function originIn(text: string): string | null {
	const named = text.trim();
	const url = URL.parse(/^https?:\/\//i.test(named) ? named : `https://${named}`);
	return url && url.hostname !== '' ? url.origin : null;
}
