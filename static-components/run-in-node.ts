import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import v8 from 'node:v8';
import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { _setEnv } from '@bytecodealliance/preview2-shim/cli';
import { _setPreopens } from '@bytecodealliance/preview2-shim/filesystem';
import { WASIShim } from '@bytecodealliance/preview2-shim/instantiation';
import { vi } from 'vitest';
import { withoutCustomSection } from '../scripts/components/sections.mjs';

// A large component takes longer to compile on a busy machine than a test may take by default.
vi.setConfig({ testTimeout: 60_000 });

// QuickJS components use constant expressions that Node 20 knows only by this flag.
v8.setFlagsFromString('--experimental-wasm-extended-const');

/** What a component exports, as jco shapes it: functions by camel-case name, interfaces as objects of them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each sample exports something else
export type Exports = any;

/** The outside of a component under test. */
export interface Surroundings {
	/** Folders it sees, by guest path; the values are folders of this machine. */
	readonly folders?: Readonly<Record<string, string>>;
	readonly variables?: Readonly<Record<string, string>>;
	/** Further imports, by interface name without version. */
	readonly imports?: Readonly<Record<string, unknown>>;
}

interface Program {
	instantiate(core: (path: string) => WebAssembly.Module | undefined, imports: object): Promise<Exports>;
}

const programs = new WeakMap<Uint8Array, ReturnType<typeof transpile>>();

async function transpile(bytes: Uint8Array) {
	const scratch = mkdtempSync(join(tmpdir(), 'component-'));
	try {
		const { files } = await transpileBytes(withoutCustomSection(bytes, 'package-docs'), {
			name: 'component',
			instantiation: 'async',
			noTypescript: true,
			outDir: '',
		});
		const modules = new Map<string, WebAssembly.Module>();
		for (const [path, content] of Object.entries(files)) {
			mkdirSync(dirname(join(scratch, path)), { recursive: true });
			writeFileSync(join(scratch, path), content);
			if (path.endsWith('.wasm')) {
				modules.set(path.replace(/^\.?\//, ''), await WebAssembly.compile(content as BufferSource));
			}
		}
		const program: Program = await import(
			/* @vite-ignore */ pathToFileURL(join(scratch, 'component.js')).href
		);
		return (imports: object) => program.instantiate((path) => modules.get(path), imports);
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

/**
 * Instantiates a component in this process, outside every sandbox: for components of this repository only. It shows that a sample does
 * what it says, independently of the host that the page brings. The same array of bytes is transpiled once.
 */
export async function instantiate(bytes: Uint8Array, surroundings: Surroundings = {}): Promise<Exports> {
	const program = programs.get(bytes) ?? transpile(bytes);
	programs.set(bytes, program);
	_setPreopens({ ...surroundings.folders });
	_setEnv({ ...surroundings.variables });
	return (await program)({ ...new WASIShim().getImportObject(), ...surroundings.imports });
}

/** The `err` that an export answers with; jco throws it, as a payload or as it is. */
export function failureOf(run: () => unknown): unknown {
	let answer: unknown;
	try {
		answer = run();
	} catch (error) {
		return error instanceof Error && 'payload' in error ? error.payload : error;
	}
	throw new Error(`No failure, but ${JSON.stringify(answer)}`);
}
