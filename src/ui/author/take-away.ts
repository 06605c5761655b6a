import { bundleZip, releaseOf } from '../../core/export';
import type { Outlet } from '../../core/outlet';
import { download } from '../base/download';
import type { AuthorDesk } from './author-desk.svelte';

/** Downloads what was built: the component alone, or with its policy and how it is run elsewhere. */
export function downloadTool(desk: AuthorDesk, whole: boolean, outlet: Outlet): void {
	const { built, name } = desk;
	if (!built) return;
	if (!whole) {
		download(outlet.text(`${name}.wasm`), outlet.bytes(built.bytes), 'application/wasm');
		return;
	}
	const { engine } = desk;
	const scenario = outlet.scenario({
		version: 1,
		engine,
		components: [{ id: name, source: desk.authored, sha256: built.sha256, policy: desk.policy }],
	});
	const zip = bundleZip({
		scenario,
		bytesOf: () => built.bytes,
		release: releaseOf(engine),
		folder: '/path/to/tapedeck-bundle',
		inWasmtime: callOf(desk),
	});
	download(outlet.text(`${name}.zip`), zip, 'application/zip');
}

/** A call of the first function, with the names of its parameters for values. */
function callOf({ world, hasWorld }: AuthorDesk): string {
	const [first] = hasWorld ? (world?.exports ?? []) : [];
	const [fn] = first?.functions ?? [];
	if (!first || !fn) return 'function(arguments)';
	const given = fn.params.map(({ name, type }) => (type.kind === 'string' ? `"${name}"` : name)).join(', ');
	return `${fn.name}(${given})`;
}
