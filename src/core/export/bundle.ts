import { itemAt } from '../item-at';
import { strToU8, zipSync } from 'fflate';
import type { Outgoing } from '../outlet';
import { seal } from '../outlet/outgoing';
import { printScenario, type Scenario } from '../scenario';
import { bundleReadme } from './bundle-readme';
import { manifestOf } from './manifest';
import { useInWassette } from './use-in-wassette';

/** What a bundle is made of. */
export interface BundleInput {
	/** The session. */
	readonly scenario: Outgoing<Scenario>;
	/** The binary of a component; undefined leaves it out. */
	readonly bytesOf: (id: string) => Uint8Array | undefined;
	/** A Wassette release. */
	readonly release: string;
	/** Absolute path of the folder that the bundle will be unpacked in. */
	readonly folder: string;
	/** A call as wasmtime takes it on its command line, such as `greet("Ada")`: the README then says how to make it there. */
	readonly inWasmtime?: string;
}

/**
 * The files of a bundle by their path: each component with its policy beside it, the scenario with its components as files, the manifest,
 * and a README with the commands. Everything in it is loaded from the bundle itself.
 */
export function bundleFiles({
	scenario,
	bytesOf,
	release,
	folder,
	inWasmtime,
}: BundleInput): ReadonlyMap<string, Uint8Array> {
	const components = scenario.components.map((component) => ({
		...component,
		source: { file: `${component.id}.wasm` },
	}));
	const uses = useInWassette(components, release, folder);
	const manifest = manifestOf(components, uses, release);
	const files = new Map<string, Uint8Array>();
	files.set('README.md', strToU8(bundleReadme({ scenario, uses, manifest, release, folder, inWasmtime })));
	const local: Scenario = {
		...scenario,
		components: scenario.components.map((component, index) => ({
			...component,
			source: { file: itemAt(uses, index).load.file ?? `${component.id}.wasm` },
		})),
	};
	files.set('scenario.tapedeck.json', strToU8(`${printScenario(local, 2)}\n`));
	if (manifest.text !== null) files.set('manifest.yaml', strToU8(manifest.text));
	for (const use of uses) {
		const binary = bytesOf(use.id);
		if (binary && use.load.file !== null) files.set(use.load.file, binary);
		if (use.policyFile) files.set(`components/${use.policyFile.name}`, strToU8(use.policyFile.text));
	}
	return files;
}

/** The same as a zip. Dates in it are all the same, so that the same session gives the same bytes. */
export function bundleZip(input: BundleInput): Outgoing<Uint8Array> {
	const entries = Object.fromEntries(
		[...bundleFiles(input)].map(([path, content]) => [`tapedeck-bundle/${path}`, content]),
	);
	// The first day that a zip can name.
	return seal(zipSync(entries, { level: 6, mtime: '1980-01-01T00:00:00' }));
}
