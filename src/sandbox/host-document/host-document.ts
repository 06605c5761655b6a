import runnerHtml from 'virtual:tapedeck-runner';
import { greeting } from '../protocol';

/**
 * A document of ours on the page's own origin that holds the runner's in a frame. A service worker serves no document with an origin of
 * its own, so without a network the runner cannot come by its address; it comes inside this one. The wall is the same: the frame's sandbox
 * attribute, the runner's own CSP, and this document's CSP on top of it, which it inherits and which lets it go nowhere else.
 */
function hold(): void {
	const element = document.createElement('iframe');
	element.setAttribute('sandbox', 'allow-scripts');
	element.title = 'Sandbox';
	const loaded = new Promise<void>((resolve) =>
		element.addEventListener('load', () => resolve(), { once: true }),
	);
	let greeted = false;
	addEventListener('message', ({ data, source, origin, ports }) => {
		const [port] = ports;
		if (greeted || source !== parent || origin !== self.origin || data !== greeting || !port) return;
		greeted = true;
		// From here on the page and the runner speak through the port alone.
		void loaded.then(() => {
			element.contentWindow?.postMessage(greeting, '*', [port]);
		});
	});
	element.srcdoc = runnerHtml;
	document.body.append(element);
}

if (parent !== self) hold();
else document.body.textContent = 'This document holds a Tapedeck sandbox. It does nothing on its own.';
