// Says what is missing where the page cannot run. Written so that old browsers understand it: no module, and nothing newer than 2009.
(function () {
	'use strict';

	/** What the page needs, in words, and whether it is there. */
	var needs = [
		['WebAssembly', typeof WebAssembly === 'object' && typeof WebAssembly.instantiate === 'function'],
		['JavaScript modules', 'noModule' in document.createElement('script')],
		['workers', typeof Worker === 'function' && typeof MessageChannel === 'function'],
		['64-bit integers in JavaScript (BigInt)', typeof BigInt === 'function'],
		['the JavaScript of 2023 (Array.prototype.with)', typeof Array.prototype['with'] === 'function'],
		['structuredClone', typeof structuredClone === 'function'],
		['AbortSignal.any', typeof AbortSignal === 'function' && typeof AbortSignal.any === 'function'],
		['dialogs (HTMLDialogElement)', typeof HTMLDialogElement === 'function'],
		[
			'styles for light and dark (light-dark in CSS)',
			typeof CSS === 'object' && CSS.supports('color', 'light-dark(#000, #fff)'),
		],
	];

	/** Puts a message in the place of the page. */
	function show(title, paragraphs, items) {
		var body = document.body || document.documentElement.appendChild(document.createElement('body'));
		while (body.firstChild) body.removeChild(body.firstChild);
		var main = body.appendChild(document.createElement('main'));
		main.setAttribute('role', 'alert');
		main.style.cssText = 'max-width:36em;margin:3em auto;padding:0 1em;font:16px/1.5 sans-serif';
		function add(parent, tag, text) {
			var element = parent.appendChild(document.createElement(tag));
			element.appendChild(document.createTextNode(text));
		}
		add(main, 'h1', title);
		add(main, 'p', paragraphs[0]);
		if (items.length > 0) {
			var list = main.appendChild(document.createElement('ul'));
			for (var i = 0; i < items.length; i++) add(list, 'li', items[i]);
		}
		add(main, 'p', paragraphs[1]);
	}

	var missing = [];
	for (var i = 0; i < needs.length; i++) if (!needs[i][1]) missing.push(needs[i][0]);
	if (missing.length > 0) {
		// The page's own script sees this, and does not start.
		document.documentElement.setAttribute('data-unsupported', '');
		document.addEventListener('DOMContentLoaded', function () {
			show(
				'This browser cannot run Tapedeck',
				[
					'Tapedeck runs WebAssembly components in the page itself. This browser lacks:',
					'A current Chromium, Chrome, Edge, Firefox or Safari has all of it. Some of it may also be switched off by a setting or a security mode.',
				],
				missing,
			);
		});
		return;
	}

	// The script of the page itself, where it does not arrive.
	addEventListener(
		'error',
		function (event) {
			var target = event.target;
			if (!target || target.tagName !== 'SCRIPT' || document.querySelector('main, [data-testid]')) return;
			show(
				'Tapedeck could not be loaded',
				[
					'A part of the page did not arrive: ' + target.src,
					'Check the connection, and load the page again. If you host it yourself, check that this file is there.',
				],
				[],
			);
		},
		true,
	);
})();
