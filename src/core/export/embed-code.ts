import { phrase, type Outgoing } from '../outlet';
import { seal } from '../outlet/outgoing';

/** HTML that shows a scenario in a frame of another page. `page` is the address of the site's page, `fragment` what follows `#`. */
export function embedCode(page: Outgoing<string>, fragment: Outgoing<string>): Outgoing<string> {
	const { origin, pathname } = new URL('embed.html', page);
	return phrase`<iframe src="${seal(origin + pathname)}#${fragment}" title="Tapedeck" width="100%" height="600"></iframe>`;
}
