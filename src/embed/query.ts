/** A part of an embedded page. */
export type EmbedPart = 'scenario' | 'tools' | 'call' | 'result' | 'policy' | 'activity';

/** What the address of an embedded page asks for. */
export interface EmbedQuery {
	/** The parts to show, in their order on the page; never none. */
	readonly show: readonly EmbedPart[];
	/** It asks for no parts. */
	readonly isUsual: boolean;
	readonly theme: 'system' | 'light' | 'dark';
	/** The tool to have in the form first; null is that of the first saved call. */
	readonly tool: string | null;
	/** The address of a scenario; it is fetched only after a press. */
	readonly src: string | null;
}

const parts: readonly EmbedPart[] = ['scenario', 'tools', 'call', 'result', 'policy', 'activity'];

/** What an address shows that asks for nothing; the words of a scenario where it has some. */
const usual: readonly EmbedPart[] = ['scenario', 'call', 'policy', 'activity'];

/** Reads the query of an address, such as `?show=call,activity&theme=dark`. What it does not know it leaves out. */
export function readEmbedQuery(search: string): EmbedQuery {
	const query = new URLSearchParams(search);
	const wanted = (query.get('show') ?? '').split(',').map((word) => word.trim());
	const show = parts.filter((part) => wanted.includes(part));
	const theme = query.get('theme');
	return {
		// The result is a part of the call already.
		show: show.length === 0 ? usual : show.filter((part) => part !== 'result' || !show.includes('call')),
		isUsual: show.length === 0,
		theme: theme === 'light' || theme === 'dark' ? theme : 'system',
		tool: query.get('tool') || null,
		src: query.get('src') || null,
	};
}
