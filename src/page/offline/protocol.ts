/** What a page tells a new service worker that waits: take over now. */
export const activateNow = 'tapedeck:activate-now';
