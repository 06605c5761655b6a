/** The project's documents, each with what it is about, in the order in which they are met. */
export const documents = [
	{ name: 'README', title: 'The project: what it does, how to run it, where its parts are' },
	{ name: 'SECURITY', title: 'How it keeps you safe, and what it does not protect' },
	{ name: 'scenarios', title: 'Scenarios, links, and ?src= in the address' },
	{ name: 'author', title: 'Writing a tool in the page' },
	{ name: 'registries', title: 'Components from registries, repositories and packages' },
	{ name: 'signatures', title: 'Who made a component, and what is in it' },
	{ name: 'embedding', title: 'Showing a scenario in another page' },
	{ name: 'console-object', title: 'window.tapedeck, for scripts and tests' },
	{ name: 'verify', title: 'Checking scenarios from the command line' },
	{ name: 'isolation-models', title: 'What is compared with a process and a container' },
	{ name: 'inspecting-a-component', title: 'Looking inside a component' },
	{ name: 'differences', title: 'All differences from Wassette' },
] as const;

const texts = import.meta.glob<string>(['../../../docs/*.md', '../../../README.md', '../../../SECURITY.md'], {
	query: '?raw',
	import: 'default',
});

/** The text of a document, in Markdown, without its title. Rejects where it cannot be fetched. */
export async function documentOf(name: (typeof documents)[number]['name']): Promise<string> {
	const path = name === 'README' || name === 'SECURITY' ? `${name}.md` : `docs/${name}.md`;
	const text = await texts[`../../../${path}`]!();
	return unwrapped(withoutPaths(text.replace(/^# .*\n/, '')));
}

/** Links to files of the project lead nowhere from here: their words stay. */
export const withoutPaths = (text: string): string =>
	text.replace(/\[([^[\]\n]+)\]\((?!https?:)[^()\s]+\)/g, '$1');

const fence = /^\s*(?:```|~~~)/;
/** Begins something of its own, and does not go on with the line before. */
const begins = /^\s*(?:$|#|>|\||[-*+] |\d{1,3}[.)] |```|~~~)/;

/** A text without the line breaks that only keep its source narrow: those of code and of tables stay. */
export function unwrapped(text: string): string {
	const lines: string[] = [];
	let isCode = false;
	for (const line of text.split('\n')) {
		const before = lines.at(-1);
		const goesOn =
			!isCode &&
			before !== undefined &&
			before !== '' &&
			!/^\s*(?:#|\||```|~~~)/.test(before) &&
			!begins.test(line);
		if (goesOn) lines[lines.length - 1] = `${before} ${line.trim()}`;
		else lines.push(line);
		if (fence.test(line)) isCode = !isCode;
	}
	return lines.join('\n');
}
