import { savesData } from '../when-quiet';
import { activateNow } from './protocol';

/** Offers something in passing; `accept` does it. */
type Offer = (text: string, action: { readonly label: string; readonly run: () => void }) => void;

/**
 * Lets the browser keep the site, so that it opens without a network. A newer version is offered, and taken over only when somebody says so
 * or no tab has the old one. Where a browser keeps nothing, or is told to save data, the page works as it did.
 */
export async function keepForOffline(offer: Offer): Promise<void> {
	const { serviceWorker } = navigator;
	if (!serviceWorker || savesData()) return;
	const registration = await serviceWorker
		.register(new URL('offline.js', document.baseURI))
		.catch(() => null);
	if (!registration) return;

	const offerNewer = () => {
		const { waiting } = registration;
		// Without one in charge this is the first: there is nothing newer than what is shown.
		if (!waiting || !serviceWorker.controller) return;
		offer('A newer version of this page is here.', {
			label: 'Reload',
			run: () => {
				serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
				waiting.postMessage(activateNow);
			},
		});
	};
	offerNewer();
	registration.addEventListener('updatefound', () => {
		const { installing } = registration;
		installing?.addEventListener('statechange', () => {
			if (installing.state === 'installed') offerNewer();
		});
	});
}
