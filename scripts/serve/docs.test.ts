import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseArguments, usage } from './arguments.mjs';

const page = readFileSync(join(import.meta.dirname, '../../docs/agents.md'), 'utf8');
const blocks = [...page.matchAll(/```json\n(.*?)```/gs)].map(
	([, text]) => JSON.parse(text!) as Record<string, unknown>,
);

interface Started {
	readonly command: string;
	readonly args: readonly string[];
	readonly env?: Record<string, string>;
}

test('the configurations for agents start the command with words that it takes', () => {
	expect(blocks).toHaveLength(3);
	for (const block of blocks) {
		const { tapedeck } = (block['mcpServers'] ?? block['servers']) as { readonly tapedeck: Started };
		expect(tapedeck.command).toBe('tapedeck');
		const [command, ...words] = tapedeck.args;
		expect(command).toBe('serve');
		expect(parseArguments(words, tapedeck.env ?? {})).toMatchObject({ ok: true });
	}
});

test('the table of options is that of --help', () => {
	const listed = [...page.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, name]) => name);
	const helped = [...usage.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name]) => name);
	expect([...listed, '--help']).toEqual(helped);
});
