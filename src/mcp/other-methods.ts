import { traitsOf } from '../core/policy';
import type { EngineId } from '../core/policy/types';
import { notFound, rpcError } from './not-found';
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
