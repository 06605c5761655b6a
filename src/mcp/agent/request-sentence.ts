import { printJson } from '../../core/json';
import { isRecord } from '../../core/is-record';
import type { Json } from '../../core/wit/types';
import type { AgentRequest } from './agent-side';

/** Characters of a word of the agent's that are quoted; whoever decides sees the rest of it as too long to read. */
const mostQuoted = 300;

/** What an agent asks for, in one sentence. It quotes the agent, so it is to be shown as text. */
export function requestSentence({ tool, arguments: args }: Pick<AgentRequest, 'tool' | 'arguments'>): string {
	const id = quoted(args['component_id'] ?? args['id']);
	const details = isRecord(args['details']) ? args['details'] : {};
	const uri = quoted(details['uri']);
	switch (tool) {
		case 'grant-storage-permission':
			return `Let the component ${id} ${accessWords(details['access'])} ${uri}.`;
		case 'grant-network-permission':
			return `Let the component ${id} send requests to ${quoted(details['host'])}.`;
		case 'grant-environment-variable-permission':
			return `Let the component ${id} see the variable ${quoted(details['key'])}.`;
		case 'revoke-storage-permission':
			return `Take the access to ${uri} from the component ${id}.`;
		case 'revoke-network-permission':
			return `Take the access to ${quoted(details['host'])} from the component ${id}.`;
		case 'revoke-environment-variable-permission':
			return `Take the variable ${quoted(details['key'])} from the component ${id}.`;
		case 'reset-permission':
			return `Take everything that was granted from the component ${id}.`;
		case 'load-component':
			return `Load the component at ${quoted(args['path'])}.`;
		case 'unload-component':
			return `Take out the component ${id}, and its tools with it.`;
		default:
			return `Use ${tool}.`;
	}
}

const accessWords = (access: unknown): string =>
	Array.isArray(access) && access.length > 0
		? [...new Set(access)].map((word) => quoted(word as Json)).join(' and ')
		: 'reach';

function quoted(word: Json | undefined): string {
	const text = typeof word === 'string' ? word : printJson(word ?? null);
	return text.length > mostQuoted ? `${text.slice(0, mostQuoted)} … (${text.length} characters)` : text;
}
