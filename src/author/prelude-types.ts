/**
 * What a script has beside the language, as declarations: what the texts in an engine's folder `prelude` define, and no more.
 * Where nothing can be awaited a response of `fetch` and its body come at once.
 */
export function preludeTypes(canWait: boolean): string {
	const later = (type: string) => (canWait ? `Promise<${type}>` : type);
	return `interface Console {
	log(...values: any[]): void; info(...values: any[]): void; debug(...values: any[]): void; dir(...values: any[]): void;
	table(...values: any[]): void; warn(...values: any[]): void; error(...values: any[]): void; trace(...values: any[]): void;
	assert(holds: any, ...values: any[]): void;
}
declare const console: Console;
declare class TextEncoder {
	readonly encoding: string;
	encode(text?: string): Uint8Array;
}
declare class TextDecoder {
	constructor(label?: string, options?: { fatal?: boolean });
	readonly encoding: string;
	readonly fatal: boolean;
	decode(bytes?: ArrayBufferView | ArrayBuffer): string;
}
declare class URLSearchParams {
	constructor(init?: string | Iterable<readonly [string, string]> | Record<string, string>);
	append(name: string, value: string): void;
	delete(name: string): void;
	get(name: string): string | null;
	getAll(name: string): string[];
	has(name: string): boolean;
	set(name: string, value: string): void;
	forEach(run: (value: string, name: string, all: URLSearchParams) => void): void;
	entries(): IterableIterator<[string, string]>;
	keys(): IterableIterator<string>;
	values(): IterableIterator<string>;
	[Symbol.iterator](): IterableIterator<[string, string]>;
	toString(): string;
}
declare class URL {
	constructor(address: string | URL, base?: string | URL);
	static canParse(address: string | URL, base?: string | URL): boolean;
	protocol: string; username: string; password: string; host: string; pathname: string; search: string; hash: string;
	readonly hostname: string; readonly port: string; readonly origin: string; readonly href: string;
	readonly searchParams: URLSearchParams;
	toString(): string;
	toJSON(): string;
}
declare function structuredClone<T>(value: T): T;
declare const crypto: { getRandomValues<T extends ArrayBufferView>(array: T): T; randomUUID(): string };
interface Response {
	readonly status: number; readonly ok: boolean; readonly url: string;
	readonly headers: Map<string, string>;
	bytes(): ${later('Uint8Array')};
	arrayBuffer(): ${later('ArrayBuffer')};
	text(): ${later('string')};
	json(): ${later('any')};
}
declare function fetch(address: string | URL, options?: {
	method?: string;
	headers?: Iterable<readonly [string, string]> | Record<string, string>;
	body?: string | ArrayBufferView | ArrayBuffer | null;
}): ${later('Response')};
`;
}
