// `public/check-browser.js` has run before, and shows what this browser lacks: nothing else of the page may start.
if (document.documentElement.dataset.unsupported !== undefined) {
	throw new Error('This browser cannot run Tapedeck; the page says what it lacks.');
}

export {};
