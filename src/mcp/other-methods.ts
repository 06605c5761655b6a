import { traitsOf } from '../core/policy';
import type { EngineId } from '../core/policy/types';
import { prompts } from './prompts';
import { mannersOf } from './server-manners';

/** What a server that an engine is behind answers to a method that has nothing to do with tools; throws where it has no such method. */
export function answerOther(method: string, engine: EngineId): object {
	switch (method) {
		case 'prompts/list':
			return { prompts: traitsOf(engine).prompts ? prompts : [] };
		case 'resources/list':
			if (mannersOf(engine).listsResources) return { resources: [] };
			throw rpcError(-32700, 'invalid type: null, expected struct ProxyOptionalParam');
		case 'resources/templates/list':
			return { resourceTemplates: [] };
		case 'completion/complete':
			return { completion: { values: [] } };
		default:
			throw notFound(method);
	}
}

/** The answer to what there is no method for, and to what a method cannot read. */
export const notFound = (method: string): Error => rpcError(-32601, method);

/** An error as it crosses, with its text as it is: the library puts words of its own before that of an error of its own. */
const rpcError = (code: number, message: string): Error => Object.assign(new Error(message), { code });
