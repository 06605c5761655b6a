/**
 * What a person does to a session: edits, runs and imports. Each runs in the page, is given a number that no other has and the bytes of a component, and leaves that number in the
 * session where it comes through.
 */
export const operations = {
	edit(number) {
		const { id } = window.tapedeck.scenario().components[0];
		window.tapedeck.setPolicy(
			id,
			`version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data"\n        access: ["read", "write"]\n# mark-${number}\n`,
		);
	},
	async run(number) {
		await window.tapedeck.callTool('write-file', {
			path: `/data/written-${number % 7}.txt`,
			content: `mark-${number} ${'x'.repeat(number % 3 ? 100 : 200_000)}`,
		});
	},
	async load(number, component) {
		await window.tapedeck.load(Uint8Array.from(component), `loaded-mark-${number}`);
	},
	async open(number) {
		const { components, world } = window.tapedeck.scenario();
		await window.tapedeck.open({
			version: 1,
			title: `mark-${number}`,
			components: components.slice(0, 1),
			world: { ...world, variables: { KEY: `mark-${number}` } },
		});
	},
	/** As a file that is dropped on the page. */
	drop(number, component) {
		const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File([Uint8Array.from(component)], `dropped-mark-${number}.wasm`));
		const event = { dataTransfer, bubbles: true, cancelable: true };
		document.body.dispatchEvent(new DragEvent('drop', event));
	},
};
