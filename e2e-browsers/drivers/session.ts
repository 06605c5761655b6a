/** One window of a browser, driven from outside. */
export interface Session {
	/** The browser's name and version, as it tells them. */
	readonly name: string;
	/** Opens an address, and waits until it has loaded. */
	goto(url: string): Promise<void>;
	/** Runs a function in the page and gives what it returns or resolves with, as JSON. It holds no reference to anything outside itself. */
	evaluate<T, A = undefined>(run: (argument: A) => T | Promise<T>, argument?: A): Promise<T>;
	/** Presses the one element that a selector finds, as a person would. */
	click(selector: string): Promise<void>;
	/** Types into the focused field of a selector, as a person would. */
	type(selector: string, text: string): Promise<void>;
	/** Goes into the frame that a selector finds: what follows happens there, until the next address is opened. */
	enterFrame(selector: string): Promise<void>;
	close(): Promise<void>;
}

/** How long a script may take, in milliseconds: longer than the longest call of a test. */
export const scriptMs = 60_000;

/** The name under which WebDriver passes an element. */
export const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

type Answer<T> = { readonly value: T } | { readonly error: string };

/** The text of an asynchronous WebDriver script that runs a function, and how to read its answer. */
export const scriptOf = (run: unknown): string =>
	`const [argument, done] = arguments;
	Promise.resolve()
		.then(() => (${run})(argument))
		.then((value) => done(JSON.stringify({ value })), (error) => done(JSON.stringify({ error: [error, error?.stack].join(' ') })));`;

/** The value that a script of `scriptOf` gave. Throws what was thrown in the page. */
export function valueOf<T>(text: unknown): T {
	const answer = JSON.parse(String(text)) as Answer<T>;
	if ('error' in answer) throw new Error(`in the page: ${answer.error}`);
	return answer.value;
}
