/** The prompts that a release lists: it has no method to get them. Names and arguments are interface, the words are ours. */
export const prompts = ['rust', 'javascript'].map((language) => ({
	name: `build-${language}-component`,
	description: `How to build a component in ${language === 'rust' ? 'Rust' : 'JavaScript'}`,
	arguments: [{ name: 'component_name', description: 'What the component is to be called', required: false }],
}));
