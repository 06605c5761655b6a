// Measures the built page in a real browser, each figure against its own floor in the same run, and writes docs/bench.json and
// docs/bench.md. Run `npm run build` first. Figures are for reading, not for passing. ROUNDS is how often it repeats; default 5.
//   --only PART[,PART]   measures these alone, prints their medians and writes nothing
//   --wassette BINARY    plays components on that binary too; --libraries FOLDER where this system's own cannot start it,
//                        --components FOLDER[,FOLDER] for more than the sample `files` (see native.mjs)
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { build } from 'vite';
import { exportCosts } from './exports.mjs';
import { hostCosts } from './host-cost.mjs';
import { launch } from './lib/browser.mjs';
import { median, spread } from './lib/figures.mjs';
import { serve } from './lib/serve.mjs';
import { markCosts } from './marks.mjs';
import { besideNative, nativeSection } from './native.mjs';
import { tableOf } from './table.mjs';
import { firstVisit, floors, flood, laterVisit, slowVisit } from './visits.mjs';

const root = join(import.meta.dirname, '..');
const rounds = Number(process.env.ROUNDS ?? 5);
const { values: options } = parseArgs({
	options: {
		only: { type: 'string' },
		wassette: { type: 'string' },
		libraries: { type: 'string' },
		components: { type: 'string' },
	},
});
const folders = {
	'/deck/': join(root, 'dist'),
	'/floor/': join(root, 'dist-bench/floor'),
	'/exports/': join(root, 'dist-bench/exports'),
	'/components/': join(root, 'e2e/components'),
	'/samples/': join(root, 'static-components'),
};

for (const page of ['floor', 'exports']) {
	await build({
		configFile: false,
		root: join(import.meta.dirname, page),
		base: './',
		logLevel: 'error',
		optimizeDeps: { exclude: ['@bytecodealliance/jco-transpile', '@bytecodealliance/preview2-shim'] },
		build: { outDir: folders[`/${page}/`], emptyOutDir: true, target: 'esnext', assetsInlineLimit: 0 },
	});
}
const server = await serve(folders);
const browser = await launch();

/** Values of each round, by what they are of. */
const samples = {};
const add = (figures) => {
	for (const [name, value] of Object.entries(figures)) (samples[name] ??= []).push(value);
};
let sizes;
let named;
let native = null;
/** What is measured in every round, and what once. */
const inRounds = {
	floors: async () => add(await floors(browser, server)),
	async first() {
		const first = await firstVisit(browser, server);
		add(first.figures);
		({ sizes } = first);
	},
	later: async () => add(await laterVisit(browser, server)),
	flood: async () => add(await flood(browser, server)),
	async slow() {
		const slow = await slowVisit(browser, server);
		add(slow.figures);
		({ named } = slow);
	},
};
const once = {
	mark: async () => (samples.mark = await markCosts(server)),
	exports: async () => Object.assign(samples, await exportCosts(browser, server, 2 * rounds + 1)),
	host: async () => Object.assign(samples, await hostCosts(browser, 2 * rounds + 1)),
	async native() {
		if (!options.wassette) return;
		const { wassette, libraries = null, components } = options;
		const folders = components?.split(',') ?? [];
		native = await besideNative(
			browser,
			server,
			{ wassette, libraries, components: folders },
			Math.min(rounds, 3),
		);
	},
};
const parts = options.only?.split(',') ?? [...Object.keys(inRounds), ...Object.keys(once)];
const unknown = parts.filter((part) => !(part in inRounds) && !(part in once));
if (unknown.length > 0) {
	console.error(
		`No such part: ${unknown.join(', ')}. There are ${Object.keys({ ...inRounds, ...once }).join(', ')}.`,
	);
	process.exit(2);
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Chromium ${browser.version()}, ${rounds} rounds, medians`;
try {
	if (parts.some((part) => part in inRounds))
		for (let round = 0; round < rounds; round++) {
			for (const [part, measure] of Object.entries(inRounds)) if (parts.includes(part)) await measure();
			console.log(`round ${round + 1} of ${rounds}`);
		}
	for (const [part, measure] of Object.entries(once)) if (parts.includes(part)) await measure();
} finally {
	await browser.close();
	server.close();
}
if (options.only) {
	for (const [name, values] of Object.entries(samples))
		console.log(
			`${name}: ${Number(median(values).toPrecision(4))} (spread ${Math.round(100 * spread(values))} %)`,
		);
	if (native) console.log(`\n${nativeSection(native)}`);
	process.exit(0);
}

const m = Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, median(values)]));
const rows = tableOf(m, sizes);
const noisy = Object.entries(samples)
	.map(([name, values]) => [name, spread(values)])
	.filter(([, part]) => part > 0.25);
const noise =
	noisy.length === 0
		? 'The machine was quiet: no figure spread by more than a quarter of its median.'
		: `The machine was noisy: ${noisy.map(([name, part]) => `${name} spread by ${Math.round(part * 100)} %`).join(', ')} of the median. Treat these as rough.`;
const met = { true: 'yes', false: 'no', null: '—' };
const cells = [
	['What', 'Measured', 'Target', 'Met'],
	['---', '---', '---', '---'],
	...rows.map((row) => [row.what, row.shown, row.targetShown, met[row.met]]),
];
const reasons = rows.filter(({ met, reason }) => met === false && reason);
const markdown = `# Bench

Made by \`npm run bench:page\`, not by hand. ${machine}. ${noise}

${cells.map((row) => `| ${row.join(' | ')} |`).join('\n')}

${readFileSync(join(import.meta.dirname, 'about.md'), 'utf8').trim()}

A first visit over 4 Mbit/s names, in this order, what it waits for: ${named.join(', ')}.
${native ? `\n${nativeSection(native)}` : ''}${reasons.length > 0 ? `\n## Targets that were missed\n\n${reasons.map(({ what, reason }) => `- **${what}.** ${reason}`).join('\n')}\n` : ''}`;
await write(
	'docs/bench.json',
	JSON.stringify({
		machine,
		noise,
		rows: rows.map(({ what, value, target, met }) => ({ what, value, target, met })),
		samples,
		native,
	}),
);
await write('docs/bench.md', markdown);
console.log(`\n${markdown}`);

/** Writes a file as the project formats it. */
async function write(name, text) {
	const filepath = join(root, name);
	writeFileSync(filepath, await format(text, { ...(await resolveConfig(filepath)), filepath }));
}
