#!/usr/bin/env node
// The command of this package: tapedeck COMMAND … (from a clone: node scripts/tapedeck.mjs COMMAND …)

/** By name: what it is for, and where it is; each is loaded when it is asked for. */
const commands = {
	check: [
		'what is wrong with policy files, and what they grant',
		async () => (await import('./check/check.mjs')).check,
	],
	diff: [
		'what changes in effect from one policy to another',
		async () => (await import('./diff/diff.mjs')).diff,
	],
	run: ['one call of a component’s tool, in the sandbox', async () => (await import('./run/run.mjs')).run],
	serve: [
		'an MCP server for a desktop agent, whose tools run in the sandbox',
		async () => (await import('./serve/serve.mjs')).serve,
	],
	verify: [
		'scenario files, held to what they expect',
		async () => (await import('./verify/verify.mjs')).verify,
	],
};

const usage = `Usage: tapedeck COMMAND …

${Object.entries(commands)
	.map(([name, [words]]) => `  ${name.padEnd(8)}${words}`)
	.join('\n')}

tapedeck COMMAND --help says more.`;

const [name = '', ...words] = process.argv.slice(2);
const isHelp = name === 'help' || name === '--help' || name === '-h';
const asked = isHelp ? words[0] : name;
if (Object.hasOwn(commands, asked ?? '')) {
	const command = await commands[asked][1]();
	process.exitCode = await command(isHelp ? ['--help'] : words);
} else {
	(isHelp && !asked ? console.log : console.error)(
		asked ? `There is no command ${asked}.\n\n${usage}` : usage,
	);
	process.exitCode = isHelp && !asked ? 0 : 2;
}
