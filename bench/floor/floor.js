// The least that running a component in a browser takes: jco and its shim, with no page, no wall, no policy and no record.
import { WASIShim } from '@bytecodealliance/preview2-shim/instantiation';
import { $init, generate } from '@bytecodealliance/jco-transpile/component';
import { rewriteSections } from '../../src/component/sections';

/** Transpiles a component; gives how to make an instance from what is compiled, and from bytes alone. */
async function prepare(url) {
	const [bytes] = await Promise.all([
		fetch(url)
			.then((response) => response.arrayBuffer())
			.then((buffer) => new Uint8Array(buffer)),
		$init,
	]);
	// jco takes this section for a description of worlds that are not there.
	const stripped = rewriteSections(bytes, ({ name, whole }) => (name === 'package-docs' ? null : whole));
	const { files } = generate(stripped, {
		name: 'component',
		noTypescript: true,
		noNodejsCompat: true,
		instantiation: { tag: 'async' },
		base64Cutoff: 0,
	});
	const source = files.find(([name]) => name.endsWith('.js'))[1];
	const cores = files.filter(([name]) => name.endsWith('.wasm'));
	async function compile() {
		const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
		const { instantiate } = await import(/* @vite-ignore */ address);
		const modules = new Map();
		for (const [name, module] of cores) modules.set(name, await WebAssembly.compile(module));
		return () => instantiate((name) => modules.get(name), new WASIShim().getImportObject());
	}
	return { make: await compile(), fromBytes: async () => (await compile())() };
}

/** Calls an export by its name, wherever it is; a WASI error is an answer too. */
function call(exports, name, args) {
	const fn = exports[name] ?? Object.values(exports).find((one) => typeof one?.[name] === 'function')?.[name];
	try {
		return fn(...args);
	} catch (error) {
		if (error instanceof TypeError) throw error;
		return null;
	}
}

/** Milliseconds from the start of this page's navigation to the first result. */
window.coldMs = async (url, name, args) => {
	const { make } = await prepare(url);
	call(await make(), name, args);
	return performance.now();
};

/** Milliseconds of one call on a fresh instance, after a first that is not counted. */
window.callMs = async (url, name, args) => {
	const { make } = await prepare(url);
	call(await make(), name, args);
	const exports = await make();
	const began = performance.now();
	call(exports, name, args);
	return performance.now() - began;
};

/** Milliseconds of an instance made from the generated source and the core modules, and one call of it, of each of some. */
window.freshMs = async (url, name, args, times) => {
	const { fromBytes } = await prepare(url);
	const taken = [];
	for (let round = 0; round < times; round++) {
		await new Promise((resolve) => setTimeout(resolve, 300));
		const began = performance.now();
		call(await fromBytes(), name, args);
		taken.push(performance.now() - began);
	}
	return taken;
};
