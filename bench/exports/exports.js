// One core function, called by jco's generated code and by the least that can call it, in turns in one page.
import { $init, generate } from '@bytecodealliance/jco-transpile/component';
import { dropLog } from '../../src/component/drop-log';
import { rewriteSections } from '../../src/component/sections';

/** Calls are repeated until they took so long, in milliseconds: the clock is coarse. */
const enoughMs = 20;
const text = 'a line of text, with a snowman in it: ☃';
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The files that jco makes of a component; `suspends` for exports that may wait (JSPI). */
async function generated(url, suspends) {
	await $init;
	const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
	// jco takes this section for a description of worlds that are not there.
	const stripped = rewriteSections(bytes, ({ name, whole }) => (name === 'package-docs' ? null : whole));
	return generate(stripped, {
		name: 'component',
		noTypescript: true,
		noNodejsCompat: true,
		instantiation: { tag: 'async' },
		base64Cutoff: 0,
		asyncMode: suspends
			? { tag: 'jspi', val: { imports: [], exports: ['echo-string', 'echo-u32'] } }
			: { tag: 'sync' },
	}).files;
}

/** Instantiates what jco generated, after `change` was made to its code; gives its exports and those of its core module. */
async function instance(files, change = (source) => source) {
	const source = change(new TextDecoder().decode(files.find(([name]) => name.endsWith('.js'))[1]));
	const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
	const { instantiate } = await import(/* @vite-ignore */ address);
	const modules = new Map(files.filter(([name]) => name.endsWith('.wasm')));
	let core = null;
	const exports = await instantiate(
		(name) => WebAssembly.compile(modules.get(name)),
		{},
		async (module, imports) => {
			const made = await WebAssembly.instantiate(module, imports);
			if ('cabi_realloc' in made.exports) core = made.exports;
			return made;
		},
	);
	return { exports, core };
}

/** Lifts and lowers by hand what `echo-string` takes and gives: the floor of every generator. */
const byHand = (core) => ({
	echoString(value) {
		const bytes = encoder.encode(value);
		const at = core.cabi_realloc(0, 0, 1, bytes.length);
		new Uint8Array(core.memory.buffer, at, bytes.length).set(bytes);
		const result = core['echo-string'](at, bytes.length);
		const view = new DataView(core.memory.buffer, result, 8);
		const found = decoder.decode(
			new Uint8Array(core.memory.buffer, view.getUint32(0, true), view.getUint32(4, true)),
		);
		core['cabi_post_echo-string'](result);
		return found;
	},
	echoU32: (value) => core['echo-u32'](value) >>> 0,
});

async function timed(exports, name, argument) {
	for (let times = 500; ; times *= 4) {
		const began = performance.now();
		for (let time = 0; time < times; time++) {
			const answer = exports[name](argument);
			const value = answer instanceof Promise ? await answer : answer;
			if (value !== argument) throw new Error(`${name} gave ${value}`);
		}
		const took = performance.now() - began;
		if (took >= enoughMs) return (took / times) * 1000;
	}
}

/** Microseconds of one call, by who calls and what: one value for each turn. */
window.exportCosts = async (url, turns) => {
	const sync = await generated(url, false);
	const whole = await instance(sync);
	const callers = {
		hand: byHand(whole.core),
		generated: whole.exports,
		unlogged: (await instance(sync, (source) => dropLog(source).source)).exports,
		suspending: (await instance(await generated(url, true))).exports,
	};
	const costs = {};
	for (let turn = -2; turn < turns; turn++) {
		for (const [who, exports] of Object.entries(callers)) {
			for (const [name, argument] of [
				['echoString', text],
				['echoU32', 7],
			]) {
				const cost = await timed(exports, name, argument);
				if (turn >= 0) (costs[`${who} ${name}`] ??= []).push(cost);
			}
		}
	}
	return costs;
};
