import { toBase64 } from '../core/base64';
import type { FileTree } from '../core/files';
import { printJson } from '../core/json';
import { matchRoute } from '../core/routes';
import { checkCall, type Difference, type ObservedCall, type SavedCall } from '../core/scenario/check-call';
import type { Route } from '../core/world';
import type { Deck } from '../deck/deck';
import type { StepResult } from '../mcp/saved-call';

/** A world and its components as a real binary can be given them. */
export interface BinarySetup {
	/** In the form of a scenario; a directory of components is at `/wassette/components`. */
	readonly files: Readonly<
		Record<string, { readonly base64: string } | { readonly symlink: string } | { readonly directory: true }>
	>;
	/** Without secrets. */
	readonly environment: Readonly<Record<string, string>>;
	/** The names of secrets, which have no value here and are empty in the page as well. */
	readonly secrets: readonly string[];
	/** By id: the binary as base64, and the policy's text. */
	readonly components: readonly {
		readonly id: string;
		readonly base64: string;
		readonly policy: string | null;
	}[];
	readonly calls: readonly { readonly tool: string; readonly arguments: string }[];
}

/** A step of the page, as a binary is asked to make it: with the arguments that it had, also where they were taken from earlier results. */
export const binaryCall = ({
	call,
	arguments: args,
}: Pick<StepResult, 'call' | 'arguments'>): BinarySetup['calls'][number] => ({
	tool: call.tool,
	arguments: printJson(args),
});

/** What a deck holds, for a binary beside it. */
export function binarySetup({
	world,
	components,
}: Pick<Deck, 'world' | 'components'>): Omit<BinarySetup, 'calls'> {
	return {
		files: filesOf(world.files),
		environment: Object.fromEntries(
			[...world.variables].flatMap(([key, { value, secret }]) => (secret ? [] : [[key, value]])),
		),
		secrets: [...world.variables].flatMap(([key, { secret }]) => (secret ? [key] : [])),
		components: components.map(({ id, bytes, policy }) => ({ id, base64: toBase64(bytes), policy })),
	};
}

function filesOf(tree: FileTree): BinarySetup['files'] {
	return Object.fromEntries(
		[...tree]
			.filter(([path]) => path !== '/')
			.map(([path, node]) => {
				if (node.kind === 'directory') return [path, { directory: true as const }];
				if (node.kind === 'symlink') return [path, { symlink: node.target }];
				return [path, { base64: toBase64(node.content ?? new Uint8Array()) }];
			}),
	);
}

/** What a route answers a request with, the body as base64; a null status where no route answers, or one that fails. */
export function routeAnswer(
	routes: readonly Route[],
	{ method, url }: { readonly method: string; readonly url: string },
): { readonly status: number | null; readonly headers?: Route['headers']; readonly body?: string } {
	const route = matchRoute(routes, method, url);
	if (!route || route.failure !== undefined) return { status: null };
	const { status = 200, headers = [], body = '' } = route;
	return {
		status,
		headers,
		body: typeof body === 'string' ? toBase64(new TextEncoder().encode(body)) : body.base64,
	};
}

/** A call as the page, its author and a binary have it. */
export interface Beside {
	readonly name: string;
	readonly page: Pick<ObservedCall, 'outcome' | 'text'>;
	readonly binary: Pick<ObservedCall, 'outcome' | 'text'>;
	/** Where the page and the binary part. */
	readonly parts: boolean;
	/** Where the binary does not do what is expected; the host calls of one are not seen. Null where it does. */
	readonly unexpected: Difference | null;
}

/** Holds what a binary answered to a call against what the page did, and against what is expected. */
export function besideBinary(
	call: SavedCall,
	page: Beside['page'],
	{ text, isError }: { readonly text: string; readonly isError: boolean },
): Beside {
	const outcome = isError ? 'error' : isErr(text) ? 'err' : 'result';
	const binary = { outcome, text } as const;
	return {
		name: `call ${call.tool} ${printJson(call.arguments)}`,
		page: { outcome: page.outcome, text: page.text },
		binary,
		parts: page.outcome !== outcome || withoutChance(page.text) !== withoutChance(text),
		unexpected: checkCall({ ...call.expect, activity: undefined }, { ...binary, activity: [] }),
	};
}

/** A binary answers with text alone: what looks like a WIT `err` is one. */
function isErr(text: string): boolean {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && Object.keys(value).join() === 'err';
	} catch {
		return false;
	}
}

/** Without what no two runs have in common: when a policy was attached, when a file was changed, and addresses of instructions. */
const withoutChance = (text: string): string =>
	withoutAddresses(text)
		.replace(/"created_at":\d+/g, '"created_at":0')
		.replace(/(modified|accessed): \d{9,} s\b/g, '$1: 0 s');

/** A browser knows no addresses of instructions: lines of a backtrace are left out, but for the reason that the last of them ends with. */
function withoutAddresses(text: string): string {
	const [first = '', ...lines] = text.split('\n');
	const rest = lines.map((line) => {
		if (!/^\s+\d+:\s/.test(line)) return `\n${line}`;
		const reason = line.search(/: (?:wasm trap|Exited)/);
		return reason === -1 ? '' : line.slice(reason);
	});
	return first + rest.join('');
}
