#!/usr/bin/env node
// The command of this package: tapedeck verify FILE…, tapedeck serve … (from a clone: npm run verify -- FILE…)
import { usage } from './verify/arguments.mjs';
import { usage as serveUsage } from './serve/arguments.mjs';

/** Each is fetched when it is asked for. */
const commands = {
	verify: async (words) => (await import('./verify/verify.mjs')).verify(words),
	serve: async (words) => (await import('./serve/serve.mjs')).serve(words),
};

const [command, ...words] = process.argv.slice(2);
if (Object.hasOwn(commands, command ?? '')) process.exitCode = await commands[command](words);
else {
	const asked = command === '--help' || command === 'help';
	(asked ? console.log : console.error)(`${usage}\n\n${serveUsage}`);
	process.exitCode = asked ? 0 : 2;
}
