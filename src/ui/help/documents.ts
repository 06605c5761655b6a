/** The project's documents, each with what it is about, in the order in which they are met. */
export const documents = [
	{ name: 'scenarios', title: 'Scenarios, links, and ?src= in the address' },
	{ name: 'embedding', title: 'Showing a scenario in another page' },
	{ name: 'console-object', title: 'window.tapedeck, for scripts and tests' },
	{ name: 'verify', title: 'Checking scenarios from the command line' },
	{ name: 'isolation-models', title: 'What is compared with a process and a container' },
	{ name: 'inspecting-a-component', title: 'Looking inside a component' },
	{ name: 'differences', title: 'All differences from Wassette' },
] as const;

const texts = import.meta.glob<string>('../../../docs/*.md', { query: '?raw', import: 'default' });

/** The text of a document, in Markdown, without its title. Rejects where it cannot be fetched. */
export async function documentOf(name: (typeof documents)[number]['name']): Promise<string> {
	const text = await texts[`../../../docs/${name}.md`]!();
	return text.replace(/^# .*\n/, '');
}
