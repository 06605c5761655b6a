import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { printJson } from '../core/json';
import {
	grant as grantRule,
	readPermission,
	readRevocation,
	reset as resetRules,
	revoke as revokeRule,
} from '../core/policy';
import { err, ok, type Result } from '../core/result';
import type { Json } from '../core/wit/types';
import type { ComponentSource, Deck, DeckComponent } from '../deck/deck';
import { builtinsOf, type BuiltinName } from './builtin-definitions';
import { chain, failure } from './failure';
import { mannersOf } from './releases';
import { listed } from './results';

/** A component that `search-components` finds and `load-component` takes by its `uri`. */
export interface RegistryEntry {
	readonly name: string;
	readonly description: string;
	readonly uri: string;
}

type GrantKind = 'storage' | 'network' | 'environment';

export interface BuiltinPorts {
	readonly deck: Deck;
	/** Gets a component from where `path` points (`https://`, `oci://`, `sample:`) and loads it into the deck. */
	readonly loadFrom: (path: string, signal: AbortSignal) => Promise<Result<DeckComponent, string>>;
	/** What can be searched now. */
	readonly registry: readonly RegistryEntry[] | (() => readonly RegistryEntry[]);
	/** Milliseconds since the epoch. */
	readonly wallNow: () => number;
}

type Arguments = { readonly [name: string]: Json };

/** A failure in Wassette's words, without the `Error: `: outermost message first, then its causes. */
type Outcome = Result<CallToolResult, readonly string[]>;

export interface BuiltinTools {
	has(name: string): boolean;
	call(name: string, args: Arguments, signal: AbortSignal): Promise<CallToolResult>;
}

/** Wassette's built-in tools over a deck. */
export function createBuiltinTools(ports: BuiltinPorts): BuiltinTools {
	const { deck } = ports;
	const attached = createAttachmentTimes(ports);

	return {
		has: (name) => builtinsOf(mannersOf(deck.engine)).some((tool) => tool.name === name),
		async call(name, args, signal) {
			const outcome = await run(name as BuiltinName, args, signal);
			return outcome.ok ? outcome.value : failure(chain(deck.engine, outcome.error));
		},
	};

	async function run(name: BuiltinName, args: Arguments, signal: AbortSignal): Promise<Outcome> {
		switch (name) {
			case 'load-component':
				return load(args, signal);
			case 'unload-component':
				return unload(args);
			case 'list-components':
				return answer(list());
			case 'search-components':
				return answer(search(args));
			case 'get-policy':
				return getPolicy(args);
			case 'grant-storage-permission':
				return grant('storage', args);
			case 'grant-network-permission':
				return grant('network', args);
			case 'grant-environment-variable-permission':
				return grant('environment', args);
			case 'revoke-storage-permission':
				return revoke('storage', args);
			case 'revoke-network-permission':
				return revoke('network', args);
			case 'revoke-environment-variable-permission':
				return revoke('environment', args);
			case 'reset-permission':
				return reset(args);
		}
	}

	async function load(args: Arguments, signal: AbortSignal): Promise<Outcome> {
		const path = args['path'];
		if (typeof path !== 'string') return err(["Missing required argument: 'path'"]);
		const before = new Set(deck.components.map(({ id }) => id));
		const reachable = checkPath(path);
		const loaded = reachable.ok ? await ports.loadFrom(path, signal) : reachable;
		const { revokes, causes } = mannersOf(deck.engine);
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
	}

	function unload(args: Arguments): Outcome {
		const id = args['id'];
		if (typeof id !== 'string') return err(["Missing 'id' in arguments"]);
		if (deck.unload(id)) return answer({ status: 'component unloaded successfully', id });
		const message = `Failed to unload component: Component not found: ${id}`;
		return ok({ content: [textItem({ status: 'error', message, id })], isError: true });
	}

	function list(): Json {
		return {
			components: deck.components.map(({ id, tools }) => ({
				id,
				tools_count: tools.length,
				schema: { tools: tools.map((tool) => listed(tool, deck.engine) as unknown as Json) },
			})),
			total: deck.components.length,
		};
	}

	function search(args: Arguments): Json {
		const query = typeof args['query'] === 'string' ? args['query'] : '';
		const words = query.toLowerCase().split(/\s+/).filter(Boolean);
		const registry = typeof ports.registry === 'function' ? ports.registry() : ports.registry;
		const found = registry.filter((entry) => {
			const searched = `${entry.name} ${entry.description} ${entry.uri}`.toLowerCase();
			return words.every((word) => searched.includes(word));
		});
		return {
			status: 'Component list found',
			components: found.map(({ name, description, uri }) => ({ name, description, uri })),
		};
	}

	function getPolicy(args: Arguments): Outcome {
		const id = args['component_id'];
		if (typeof id !== 'string') return err(["Missing required argument: 'component_id'"]);
		const component = deck.components.find((candidate) => candidate.id === id);
		if (!component || component.policy === null)
			return answer({ status: 'no policy found', component_id: id });
		return answer({
			status: 'policy found',
			component_id: id,
			policy_info: {
				policy_id: `${id}-policy`,
				source_uri: sourceUri(component.source),
				local_path: `${id}.policy.yaml`,
				created_at: attached.since(id),
			},
			// Wassette leaves the rules out; they are what whoever asks wants to know.
			policy: component.policy,
		});
	}

	function grant(kind: GrantKind, args: Arguments): Outcome {
		const request = target(args);
		if (!request.ok) return request;
		const { id, details } = request.value;
		const failed = (cause: string) =>
			err([`Failed to grant ${kind} permission to component ${id}: ${cause}`]);
		const component = deck.components.find((candidate) => candidate.id === id);
		if (!component) return failed(`Component not found: ${id}`);
		const permission = readPermission(kind, details);
		if (!permission.ok) return failed(permission.error);
		const policy = grantRule(component.policy, permission.value, { componentId: id, checked: false });
		if (!policy.ok) return failed(policy.error);
		deck.setPolicy(id, policy.value.newText);
		return answer({
			status: mannersOf(deck.engine).revokes ? 'permission granted successfully' : 'permission granted',
			component_id: id,
			permission_type: permissionType(kind),
			details,
		});
	}

	function revoke(kind: GrantKind, args: Arguments): Outcome {
		const request = target(args);
		if (!request.ok) return request;
		const { id, details } = request.value;
		const failed = (cause: string) =>
			err([`Failed to revoke ${kind} permission from component ${id}: ${cause}`]);
		const component = deck.components.find((candidate) => candidate.id === id);
		if (!component) return failed(`Component not found: ${id}`);
		const revocation = readRevocation(kind, details);
		if (!revocation.ok) return failed(revocation.error);
		if (component.policy !== null) {
			const policy = revokeRule(component.policy, revocation.value, { componentId: id, checked: false });
			if (!policy.ok) return failed(policy.error);
			deck.setPolicy(id, policy.value.newText);
		}
		return revocation.value.kind === 'storage'
			? answer({
					status: 'permission revoked successfully',
					component_id: id,
					uri: revocation.value.uri,
					message: 'All access (read and write) to the specified URI has been revoked',
				})
			: answer({
					status: 'permission revoked',
					component_id: id,
					permission_type: permissionType(kind),
					details,
				});
	}

	function reset(args: Arguments): Outcome {
		const id = args['component_id'];
		if (typeof id !== 'string') return err(["Missing required argument: 'component_id'"]);
		const failed = (cause: string) => err([`Failed to reset permissions for component ${id}: ${cause}`]);
		const component = deck.components.find((candidate) => candidate.id === id);
		if (!component) return failed(`Component not found: ${id}`);
		if (component.policy !== null) {
			const policy = resetRules(component.policy, { componentId: id, checked: false });
			if (!policy.ok) return failed(policy.error);
			deck.setPolicy(id, policy.value.newText);
		}
		return answer({ status: 'permissions reset successfully', component_id: id });
	}

	function permissionType(kind: GrantKind): string {
		return kind === 'environment' && mannersOf(deck.engine).revokes ? 'environment variable' : kind;
	}
}

function target(args: Arguments): Result<{ readonly id: string; readonly details: Json }, readonly string[]> {
	const id = args['component_id'];
	if (typeof id !== 'string') return err(["Missing required argument: 'component_id'"]);
	const details = args['details'];
	return details === undefined ? err(["Missing required argument: 'details'"]) : ok({ id, details });
}

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

/** Where a component came from, in the form that `load-component` takes where there is one. */
function sourceUri(source: ComponentSource): string {
	if ('sample' in source) return `sample:${source.sample}`;
	if ('url' in source) return source.url;
	if ('oci' in source) return source.oci.startsWith('oci://') ? source.oci : `oci://${source.oci}`;
	return 'file' in source ? `file:${source.file}` : 'inline';
}

/** Remembers when each component was first seen with a policy, in whole seconds since the epoch. */
function createAttachmentTimes({ deck, wallNow }: BuiltinPorts) {
	const times = new Map<string, number>();
	const look = () => {
		const attached = new Set(deck.components.filter(({ policy }) => policy !== null).map(({ id }) => id));
		for (const id of attached) if (!times.has(id)) times.set(id, Math.floor(wallNow() / 1_000));
		for (const id of times.keys()) if (!attached.has(id)) times.delete(id);
	};
	look();
	deck.subscribe(look);
	return {
		since(id: string): number {
			look();
			return times.get(id) ?? 0;
		},
	};
}

function answer(json: Json): Outcome {
	return ok({ content: [textItem(json)] });
}

function textItem(json: Json) {
	return { type: 'text' as const, text: printJson(json) };
}
