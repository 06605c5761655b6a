import { control, greeting } from './protocol';

/**
 * Whether this document has no origin of its own and a page around it. Anywhere else it would be no wall, so it says what it is and
 * does nothing.
 */
export function isWalledIn(): boolean {
	if (self.origin === 'null' && parent !== self) return true;
	document.body.textContent =
		'This document is the inside of a Tapedeck sandbox. It does nothing on its own.';
	return false;
}

/** The framed side of `openFrame`: gives the port of the page, once. */
export function answerPage(onPage: (port: MessagePort) => void): void {
	let answered = false;
	addEventListener('message', ({ data, source, ports }) => {
		const [port] = ports;
		if (answered || source !== parent || data !== greeting || !port) return;
		answered = true;
		onPage(port);
	});
}

/** Messages that are between page and document, and answered here; true if this was one. */
export function answerControl(port: MessagePort, data: unknown): boolean {
	if (data === control.ping) port.postMessage(control.pong);
	return data === control.ping || data === control.taken;
}
