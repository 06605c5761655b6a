import { markdownTable } from './table.mjs';

/** The text of docs/parity.md, from how far the page agreed with each release. */
export function parityPage(outcomes) {
	const releases = Object.keys(outcomes).sort().reverse();
	const parts = releases.map((release) => {
		const { binary, tallies } = outcomes[release];
		const from = binary.sha256 ? `${binary.origin}, sha256 \`${binary.sha256}\`` : binary.origin;
		return `## Wassette ${release}\n\nThe binary: ${from}.\n\n${markdownTable(tallies)}\n`;
	});
	return `# How far the page does as the real Wassette does

Measured, not claimed: each step is a call, or a look at a policy file, that a real binary answered, and that was then put to the page under the
engine of that release. A step is the same where text, \`isError\` and structured content are. What is other on purpose is a row of
[the list of differences](differences.md), with its reason; the last column leaves those out. \`npm run parity\` measures again and writes this page; with \`--binary PATH\` it asks
a binary anew, which it shuts in a root and a network of its own.

Releases that are not here were not measured: what the page says of them is read from sources, and for all the rest they do as the nearest one that
was. 0.8.1 is among them.

${parts.join('\n')}`;
}
