/// <reference lib="webworker" />
import { upTo } from '../../core/up-to';
import { PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { loadMode } from '../../component/load-mode';
import { prebuiltMode } from '../../component/prebuilt-path';
import { isIntact } from './is-intact';
import { activateNow } from './protocol';

declare const self: ServiceWorkerGlobalScope;
/** A file that the page needs to work without a network. */
interface KeptFile {
	readonly url: string;
	/** Null where the name says its version itself. */
	readonly revision: string | null;
}
/** These files; put in when the site is built. */
declare const tapedeckFiles: readonly KeptFile[];
/** The digest of every file of the site by its path, as `isIntact` takes it. */
declare const tapedeckDigests: { readonly [path: string]: string };
/** The names of all files of the site that carry a hash. */
declare const tapedeckAssets: readonly string[];

/** What is kept once it was asked for: Monaco, which many a visit does without. */
const asked = 'tapedeck-asked-intact';
/** What is kept ahead. */
const ahead = `tapedeck-ahead-${self.registration.scope}`;
/** Where earlier versions kept things, which did not look at what they kept. */
const unchecked = ['tapedeck-asked', `workbox-precache-v2-${self.registration.scope}`];

/** Keeps only what is the file that the site was built with; anything else is passed on, and fetched again the next time. */
const onlyIntact = {
	async cacheWillUpdate({ request, response }: { readonly request: Request; readonly response: Response }) {
		const path = pathOf(request.url);
		const digest = Object.hasOwn(tapedeckDigests, path) ? tapedeckDigests[path] : undefined;
		return digest !== undefined && (await isIntact(response, path, digest)) ? response : null;
	},
};

// Its own site's files and nothing else: what components and people fetch never passes through here.
const precache = new PrecacheController({ cacheName: ahead, plugins: [onlyIntact] });
precache.precache(tapedeckFiles.filter(isForThisBrowser).map((file) => ({ ...file })));
registerRoute(new PrecacheRoute(precache, { ignoreURLParametersMatching: [/./] }));
registerRoute(
	({ url, sameOrigin }) => sameOrigin && isAsset(url.href),
	new CacheFirst({ cacheName: asked, plugins: [onlyIntact] }),
);

self.addEventListener('activate', (event) => event.waitUntil(forgetOldAssets()));

// A new version waits until no tab has the old one, or until somebody says so.
self.addEventListener('message', ({ data }) => {
	if (data === activateNow) void self.skipWaiting();
});

/** Of what samples were made into, a browser uses what is for its own WebAssembly. */
function isForThisBrowser(file: KeptFile): boolean {
	const mode = prebuiltMode(file.url);
	return mode === null || mode === loadMode();
}

/** The path of a file within the site, as the lists have it. */
const pathOf = (href: string) => upTo(href.slice(self.registration.scope.length), /[?#]/);

const isAsset = (href: string) =>
	href.startsWith(self.registration.scope) &&
	tapedeckAssets.includes(href.slice(self.registration.scope.length));

async function forgetOldAssets(): Promise<void> {
	for (const name of unchecked) await caches.delete(name);
	const cache = await caches.open(asked);
	for (const request of await cache.keys()) if (!isAsset(request.url)) await cache.delete(request);
}
