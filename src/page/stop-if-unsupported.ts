// `public/refuse-framing.js` and `public/check-browser.js` have run before, and say why this page does not work here: nothing else of it may start.
if (document.documentElement.dataset.unsupported !== undefined) {
	throw new Error('Tapedeck does not run here; the page says why.');
}

export {};
