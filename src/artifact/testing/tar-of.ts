import { concatBytes } from '../../core/concat-bytes';

export interface TarEntry {
	readonly name: string;
	readonly content?: string | Uint8Array;
	/** Default `0`, a file. */
	readonly type?: string;
	readonly prefix?: string;
	readonly target?: string;
	/** How a name of more than a hundred characters is written. */
	readonly long?: 'gnu' | 'pax';
	/** What the header says of its size; default what is true. */
	readonly size?: number;
}

/** For tests: a tar with these entries, as tools write it. */
export const tarOf = (entries: readonly TarEntry[]): Uint8Array<ArrayBuffer> =>
	concatBytes([...entries.flatMap(piecesOf), new Uint8Array(1024)]);

function piecesOf(entry: TarEntry): Uint8Array[] {
	const { name, content = '', type = '0', long } = entry;
	const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
	const own = [
		header({ ...entry, name: name.slice(0, 100), type }, entry.size ?? bytes.length),
		padded(bytes),
	];
	if (!long) return own;
	const words = new TextEncoder().encode(long === 'gnu' ? `${name}\0` : paxLine('path', name));
	const before = { name: 'about', type: long === 'gnu' ? 'L' : 'x' };
	return [header(before, words.length), padded(words), ...own];
}

function paxLine(key: string, value: string): string {
	const rest = ` ${key}=${value}\n`;
	let length = rest.length;
	while (`${length}${rest}`.length !== length) length = `${length}${rest}`.length;
	return `${length}${rest}`;
}

function header({ name, type = '0', prefix = '', target = '' }: TarEntry, size: number): Uint8Array {
	const block = new Uint8Array(512);
	const put = (text: string, at: number) => block.set(new TextEncoder().encode(text), at);
	put(name, 0);
	put('0000644\0', 100);
	put(`${size.toString(8).padStart(11, '0')}\0`, 124);
	put('        ', 148);
	put(type, 156);
	put(target, 157);
	put('ustar\0', 257);
	put('00', 263);
	put(prefix, 345);
	put(
		`${block
			.reduce((sum, byte) => sum + byte, 0)
			.toString(8)
			.padStart(6, '0')}\0 `,
		148,
	);
	return block;
}

function padded(bytes: Uint8Array): Uint8Array {
	const whole = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
	whole.set(bytes);
	return whole;
}
