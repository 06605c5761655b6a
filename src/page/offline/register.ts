import { recall, remember } from '../../ui/base/memory';
import { savesData } from '../when-quiet';
import { activateNow } from './protocol';

/**
 * After how long a takeover counts as lost, in milliseconds. Chromium 156 loses one in about twenty where the worker in charge is just being
 * stopped and is wanted again: the new one then waits for as long as the page stands, and takes over as the page goes.
 */
const lostAfter = 2_000;
/** Kept over a reload: the takeover that was asked for comes while the page is shown again, from the files of the version before. */
const takingOver = 'taking-over';

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
	if (recall(takingOver, (value) => typeof value === 'boolean', false)) {
		remember(takingOver, false);
		if (!registration.waiting) return location.reload();
		reloadOnceTakenOver(serviceWorker);
	}

	const offerNewer = () => {
		const { waiting } = registration;
		// Without one in charge this is the first: there is nothing newer than what is shown.
		if (!waiting || !serviceWorker.controller) return;
		offer('A newer version of this page is here.', {
			label: 'Reload',
			run: () => {
				reloadOnceTakenOver(serviceWorker);
				waiting.postMessage(activateNow);
				setTimeout(() => {
					remember(takingOver, true);
					location.reload();
				}, lostAfter);
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

const reloadOnceTakenOver = (serviceWorker: ServiceWorkerContainer): void =>
	serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
