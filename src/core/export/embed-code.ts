/** HTML that shows a scenario in a frame of another page. `page` is the address of the site's page, `fragment` what follows `#`. */
export function embedCode(page: string, fragment: string): string {
	const { origin, pathname } = new URL('embed.html', page);
	return `<iframe src="${origin}${pathname}#${fragment}" title="Tapedeck" width="100%" height="600"></iframe>`;
}
