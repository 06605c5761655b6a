#!/usr/bin/env node
// The command of this package: tapedeck verify FILE… (from a clone: npm run verify -- FILE…)
import { usage } from './verify/arguments.mjs';
import { verify } from './verify/verify.mjs';

const [command, ...words] = process.argv.slice(2);
if (command === 'verify') process.exitCode = await verify(words);
else {
	const asked = command === '--help' || command === 'help';
	(asked ? console.log : console.error)(usage);
	process.exitCode = asked ? 0 : 2;
}
