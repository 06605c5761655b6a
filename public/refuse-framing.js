// Stops where a page of another origin frames this one: what it shows there could be pressed unseen. `embed.html` is for framing.
(function () {
	'use strict';

	/** Whether every page around this one is of its own origin. */
	function isAmongItsOwn() {
		for (var around = window; around !== around.parent; around = around.parent) {
			try {
				if (around.parent.location.origin !== window.location.origin) return false;
			} catch {
				return false;
			}
		}
		return true;
	}

	if (isAmongItsOwn()) return;
	// The page's own script sees this, and does not start.
	document.documentElement.setAttribute('data-unsupported', '');
	document.addEventListener('DOMContentLoaded', function () {
		var body = document.body;
		while (body.firstChild) body.removeChild(body.firstChild);
		var main = body.appendChild(document.createElement('main'));
		main.setAttribute('role', 'alert');
		main.style.cssText = 'max-width:36em;margin:2em auto;padding:0 1em;font:16px/1.5 sans-serif';
		var words = main.appendChild(document.createElement('p'));
		words.textContent =
			'Tapedeck does not show itself inside a page of another site, where a press could be meant for something else. To show a scenario in a page, frame embed.html.';
		var link = main.appendChild(document.createElement('p')).appendChild(document.createElement('a'));
		link.textContent = 'Open this page on its own';
		link.href = window.location.href;
		link.target = '_blank';
		link.rel = 'noopener';
	});
})();
