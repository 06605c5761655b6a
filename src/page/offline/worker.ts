/// <reference lib="webworker" />
import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { loadMode } from '../../component/load-mode';
import { prebuiltMode } from '../../component/prebuilt-path';
import { activateNow } from './protocol';

declare const self: ServiceWorkerGlobalScope;
/** What the page needs to work without a network; put in when the site is built. */
declare const tapedeckFiles: PrecacheEntry[];
/** The names of all files of the site that carry a hash. */
declare const tapedeckAssets: string[];

/** What is kept once it was asked for: Monaco, which many a visit does without. */
const asked = 'tapedeck-asked';

// Its own site's files and nothing else: what components and people fetch never passes through here.
precacheAndRoute(tapedeckFiles.filter(isForThisBrowser), { ignoreURLParametersMatching: [/./] });
registerRoute(({ url, sameOrigin }) => sameOrigin && isAsset(url.href), new CacheFirst({ cacheName: asked }));
cleanupOutdatedCaches();

self.addEventListener('activate', (event) => event.waitUntil(forgetOldAssets()));

// A new version waits until no tab has the old one, or until somebody says so.
self.addEventListener('message', ({ data }) => {
	if (data === activateNow) void self.skipWaiting();
});

/** Of what samples were made into, a browser uses what is for its own WebAssembly. */
function isForThisBrowser(file: PrecacheEntry): boolean {
	const mode = prebuiltMode(file.url);
	return mode === null || mode === loadMode();
}

const isAsset = (href: string) =>
	href.startsWith(self.registration.scope) &&
	tapedeckAssets.includes(href.slice(self.registration.scope.length));

async function forgetOldAssets(): Promise<void> {
	const cache = await caches.open(asked);
	for (const request of await cache.keys()) if (!isAsset(request.url)) await cache.delete(request);
}
