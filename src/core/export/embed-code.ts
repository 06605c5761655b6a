import { phrase, type Outgoing } from '../outlet';
import { seal } from '../outlet/outgoing';

const beside = (page: Outgoing<string>, file: string): Outgoing<string> => {
	const { origin, pathname } = new URL(file, page);
	return seal(origin + pathname);
};

/** HTML that shows a scenario in a frame of another page. `page` is the address of the site's page, `fragment` what follows `#`. */
export const embedCode = (page: Outgoing<string>, fragment: Outgoing<string>): Outgoing<string> =>
	phrase`<iframe src="${beside(page, 'embed.html')}#${fragment}" title="Tapedeck" style="width: 100%; height: 640px; border: 0"></iframe>`;

/** The same in a line of script, which puts the frame in its own place, as high as what is in it, and as dark as the page around. */
export const embedScript = (page: Outgoing<string>, fragment: Outgoing<string>): Outgoing<string> =>
	phrase`<script src="${beside(page, 'embed.js')}" data-scenario="${fragment}"></script>`;
