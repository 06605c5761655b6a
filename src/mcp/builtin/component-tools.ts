import { err, ok, type Result } from '../../core/result';
import type { Json } from '../../core/wit/types';
import { traitsOf } from '../../core/policy';
import { listed } from '../results';
import type { BuiltinTool } from './context';
import { answer } from './outcome';

/** `load-component` */
export const load: BuiltinTool = async ({ deck, loadFrom }, args, signal) => {
	const path = args['path'];
	if (typeof path !== 'string') return err(["Missing required argument: 'path'"]);
	const before = new Set(deck.components.map(({ id }) => id));
	const reachable = checkPath(path);
	const loaded = reachable.ok ? await loadFrom(path, signal) : reachable;
	const { revokes, causes } = traitsOf(deck.engine);
	if (!loaded.ok)
		return causes
			? err([`Failed to load component: ${path}`, loaded.error])
			: err([`Failed to load component: ${path}. Error: ${loaded.error}`]);
	const { id, tools } = loaded.value;
	if (!revokes) return answer({ status: 'component loaded', id });
	return answer({
		status: before.has(id) ? 'component reloaded successfully' : 'component loaded successfully',
		id,
		tools: tools.map((tool) => tool.name),
	});
};

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

/** Whether a page can get at this path at all. */
function checkPath(path: string): Result<null, string> {
	const scheme = /^([^:/]*):/.exec(path)?.[1];
	if (scheme === undefined)
		return err('Invalid component reference. Should be of the form scheme://reference');
	if (scheme === 'file')
		return err(
			`A web page cannot read ${path} from this computer. Choose the file on the page, or give an https:// address or a sample: name.`,
		);
	return ['https', 'oci', 'sample'].includes(scheme)
		? ok(null)
		: err(`Unsupported component scheme: ${scheme}`);
}
