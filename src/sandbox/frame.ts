import { control, greeting } from './protocol';

/** What a document could be allowed to do, for browsers that do not say it themselves. */
const knownFeatures = [
	'accelerometer autoplay camera display-capture encrypted-media fullscreen gamepad geolocation gyroscope magnetometer',
	'microphone midi payment picture-in-picture publickey-credentials-get screen-wake-lock storage-access usb web-share',
	'xr-spatial-tracking',
].flatMap((line) => line.split(' '));

/** A permissions policy that denies everything, by name: what is not named follows a default of the browser's. */
function denyAll(page: Document, except: readonly string[]): string {
	const { featurePolicy } = page as Document & { featurePolicy?: { features(): string[] } };
	return (featurePolicy?.features() ?? knownFeatures)
		.filter((feature) => !except.includes(feature))
		.map((feature) => `${feature} 'none'`)
		.join('; ');
}

export interface Frame {
	/** Everything that comes from the document, save what this module handles itself. */
	onmessage: (data: unknown) => void;
	send(message: string | ArrayBuffer, transfer: ArrayBuffer[]): void;
	/** Resolves when the document is ready to be talked to, and rejects when it is lost before. */
	readonly ready: Promise<void>;
	/** Resolves with why the document is lost, when it is: it crashed, gave up or never started. */
	readonly lost: Promise<Error>;
	/** Sends a ping, and notices when the last ones were not answered. */
	beat(): void;
	/**
	 * Whether the document, if it was ready before, gives a sign within a second, and before it is lost: one that nobody spoke to may have gone
	 * unnoticed. What is sent after this is asked comes to a document that gave none too late for anything of it to be done.
	 */
	answers(): Promise<boolean>;
	/** Takes the document away, which frees its CPU at once. Nothing comes from it any more. */
	remove(): void;
	/** The same, but the document goes in a task of its own, which takes a while: for one that has done its work. */
	retire(): void;
}

/** Pings in a row that a living document answers at least one of. */
const patience = 8;

/** How long a document may take to start, in milliseconds, on a slow machine and over a slow network. */
const startMs = 20_000;

interface FrameRights {
	/** Features of the permissions policy that are left at their default. */
	readonly allowed: readonly string[];
	/** The document is on the page's own origin. */
	readonly isHeld: boolean;
}

/** A frame that nobody sees or reaches, not yet in the page. */
function frameElement(page: Document, url: string, { allowed, isHeld }: FrameRights): HTMLIFrameElement {
	const element = page.createElement('iframe');
	element.setAttribute('sandbox', isHeld ? 'allow-scripts allow-same-origin' : 'allow-scripts');
	element.allow = denyAll(page, allowed);
	element.referrerPolicy = 'no-referrer';
	element.title = 'Sandbox';
	element.tabIndex = -1;
	element.setAttribute('aria-hidden', 'true');
	// Not `display: none`: some browsers slow down documents that are never laid out.
	element.style.cssText = 'position:fixed;inset:0 auto auto 0;width:0;height:0;border:0;visibility:hidden';
	element.src = url;
	return element;
}

/**
 * Opens a document of ours in a frame with an origin of its own, and a port to it. The sandbox attribute allows scripts and nothing else;
 * the document's own CSP does the rest. `allowed` names features of the permissions policy that are left at their default. With `isHeld` the
 * document is one on the page's own origin that holds such a frame itself.
 */
export const openFrame = (
	page: Document,
	url: string,
	{ allowed = [], isHeld = false }: Partial<FrameRights> = {},
): Frame => new OpenFrame(frameElement(page, url, { allowed, isHeld }), page);

class OpenFrame implements Frame {
	onmessage: Frame['onmessage'] = () => {};
	readonly ready: Promise<void>;
	readonly lost: Promise<Error>;
	readonly #element: HTMLIFrameElement;
	readonly #port: MessagePort;
	readonly #timer: ReturnType<typeof setTimeout>;
	#markReady!: () => void;
	#refuse!: (reason: Error) => void;
	#lose!: (reason: Error) => void;
	#started = false;
	#removed = false;
	#unanswered = 0;
	#onSign = () => {};
	#onSilence = () => {};

	constructor(element: HTMLIFrameElement, page: Document) {
		const { port1: port, port2: theirs } = new MessageChannel();
		this.#element = element;
		this.#port = port;
		this.ready = new Promise<void>(
			(resolve, reject) => ((this.#markReady = resolve), (this.#refuse = reject)),
		);
		this.lost = new Promise<Error>((resolve) => (this.#lose = resolve));
		// Whoever waits for the document sees the rejection; where nobody does, it is no error.
		this.ready.catch(() => {});
		const { pathname } = new URL(element.src);
		this.#timer = setTimeout(
			() => this.#giveUp(`The sandbox did not start: ${pathname} did not answer.`),
			startMs,
		);
		port.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(data);
		port.onmessageerror = () => this.#giveUp('The sandbox sent what cannot be read.');
		// Where the browser tells: the frame's process is gone.
		port.addEventListener('close', () => {
			if (!this.#removed) this.#giveUp('The sandbox crashed: it probably ran out of memory.');
		});
		const greet = () => {
			// An opaque origin has no name to send to; the document can only be ours, the page's CSP lets it be no other. It must not be a
			// tail call: JavaScriptCore drops the frame of its caller then, and names the receiver as the message's source.
			element.contentWindow?.postMessage(greeting, '*', [theirs]);
		};
		element.addEventListener('load', greet, { once: true });
		page.body.append(element);
	}

	send = (message: string | ArrayBuffer, transfer: ArrayBuffer[]): void =>
		this.#port.postMessage(message, transfer);

	beat = (): void => {
		this.#unanswered += 1;
		if (this.#unanswered > patience)
			this.#giveUp('The sandbox stopped answering: it ran out of memory, or was killed.');
		else this.#port.postMessage(control.ping);
	};

	answers = (): Promise<boolean> =>
		new Promise((resolve) => {
			if (!this.#started) return resolve(true);
			const silent = setTimeout(() => resolve(false), 1000);
			const settle = (isThere: boolean) => {
				clearTimeout(silent);
				resolve(isThere);
			};
			this.#onSign = () => settle(true);
			this.#onSilence = () => settle(false);
			this.#port.postMessage(control.ping);
		});

	remove = (): void => {
		this.#leave();
		this.#element.remove();
	};

	retire = (): void => {
		this.#leave();
		setTimeout(() => this.#element.remove());
	};

	#leave(): void {
		this.#removed = true;
		clearTimeout(this.#timer);
		this.#onSilence();
		this.#refuse(new Error('The sandbox was removed.'));
		this.onmessage = () => {};
		this.#port.onmessage = null;
		this.#port.close();
	}

	#giveUp(message: string): void {
		clearTimeout(this.#timer);
		const reason = new Error(message);
		this.#onSilence();
		this.#refuse(reason);
		this.#lose(reason);
	}

	#hear(data: unknown): void {
		if (this.#removed) return;
		this.#unanswered = 0;
		this.#onSign();
		if (data === control.pong) return;
		if (data === control.ready) {
			clearTimeout(this.#timer);
			this.#started = true;
			return this.#markReady();
		}
		if (typeof data === 'string' && data.startsWith(control.broken))
			return this.#giveUp(data.slice(control.broken.length));
		this.onmessage(data);
	}
}
