import { err, type Result } from '../../core/result';
import type { Json } from '../../core/wit/types';
import { componentDirectoryName } from '../../core/component-directory';
import { traitsOf } from '../../core/policy';
import type { DeckComponent } from '../../deck/deck';
import { listed } from '../results';
import { readComponentFile } from './component-file';
import { readReference, type ComponentReference } from './component-reference';
import type { BuiltinContext, BuiltinTool } from './context';
import { answer } from './outcome';

/** `load-component` */
export const load: BuiltinTool = async (context, args, signal) => {
	const path = args['path'];
	if (typeof path !== 'string') return err(["Missing required argument: 'path'"]);
	const { deck } = context;
	const before = new Set(deck.components.map(({ id }) => id));
	const reference = readReference(path);
	const loaded = reference.ok ? await get(context, reference.value, signal) : reference;
	const { revokes, causes } = traitsOf(deck.engine);
	if (!loaded.ok)
		return causes
			? err([`Failed to load component: ${path}`, ...loaded.error])
			: err([`Failed to load component: ${path}. Error: ${loaded.error[0]}`]);
	const { id, tools } = loaded.value;
	if (!revokes) return answer({ status: 'component loaded', id });
	return answer({
		status: before.has(id) ? 'component reloaded successfully' : 'component loaded successfully',
		id,
		tools: tools.map((tool) => tool.name),
	});
};

async function get(
	{ deck, loadFrom }: BuiltinContext,
	reference: ComponentReference,
	signal: AbortSignal,
): Promise<Result<DeckComponent, readonly string[]>> {
	if (reference.kind === 'address') {
		const loaded = await loadFrom(reference.address, signal);
		return loaded.ok ? loaded : err([loaded.error]);
	}
	const began = deck.begin();
	const file = readComponentFile(deck.world.files, reference.path);
	if (!file.ok) return file;
	const { id, bytes } = file.value;
	const loaded = await deck.load(bytes, id, {
		source: { file: `${id}.wasm` },
		// The policy is a file beside the component, which stays there.
		policy: deck.components.find((one) => one.id === id)?.policy ?? null,
		signal,
		began,
	});
	if (loaded.ok) return loaded;
	return err([
		`Failed to compile component from path: ${componentDirectoryName}/${id}.wasm. Please ensure the file is a valid WebAssembly component.`,
		`Failed to compile component: ${isCoreModule(bytes) ? aCoreModule : loaded.error}`,
	]);
}

const aCoreModule =
	'failed to parse WebAssembly module: attempted to parse a wasm module with a component parser';

/** By its first eight bytes: the magic number, version 1, layer 0. */
const isCoreModule = (bytes: Uint8Array): boolean =>
	[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0].every((byte, at) => bytes[at] === byte);

/** `unload-component` */
export const unload: BuiltinTool = ({ deck }, args) => {
	const id = args['id'];
	if (typeof id !== 'string') return err(["Missing 'id' in arguments"]);
	// What is not there counts as unloaded.
	deck.unload(id);
	return answer({ status: 'component unloaded successfully', id });
};

/** `list-components` */
export const list: BuiltinTool = ({ deck }) =>
	answer({
		components: deck.components.map(({ id, tools }) => ({
			id,
			tools_count: tools.length,
			schema: { tools: tools.map((tool) => listed(tool, deck.engine, 'components') as unknown as Json) },
		})),
		total: deck.components.length,
	});

/** `search-components`: every word of the query stands somewhere in the name, the description or the address. */
export const search: BuiltinTool = (context, args) => {
	const query = typeof args['query'] === 'string' ? args['query'] : '';
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	const registry = typeof context.registry === 'function' ? context.registry() : context.registry;
	const found = registry.filter((entry) => {
		const searched = `${entry.name} ${entry.description} ${entry.uri}`.toLowerCase();
		return words.every((word) => searched.includes(word));
	});
	return answer({
		status: 'Component list found',
		components: found.map(({ name, description, uri }) => ({ name, description, uri })),
	});
};
