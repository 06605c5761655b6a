import { grant, readPermission, readRevocation, reset, revoke } from '../../core/policy';
import type { DeckComponent } from '../../deck/deck';
import type { AgentRequest } from '../../mcp/agent/agent-side';

const kinds = {
	storage: 'storage',
	network: 'network',
	'environment-variable': 'environment',
} as const;

/** The policy text before and after what an agent asks for; null where it is no change of a policy that can be shown. */
export function policyAfter(
	{ tool, arguments: args }: Pick<AgentRequest, 'tool' | 'arguments'>,
	components: readonly Pick<DeckComponent, 'id' | 'policy'>[],
): { readonly before: string; readonly after: string } | null {
	const component = components.find(({ id }) => id === args['component_id']);
	if (!component) return null;
	const { id: componentId, policy } = component;
	const options = { componentId, checked: false };
	const edited = (() => {
		if (tool === 'reset-permission') return policy === null ? null : reset(policy, options);
		const [, verb, word] = /^(grant|revoke)-(.+)-permission$/.exec(tool) ?? [];
		const kind = kinds[word as keyof typeof kinds];
		if (verb === undefined || kind === undefined) return null;
		if (verb === 'grant') {
			const permission = readPermission(kind, args['details']);
			return permission.ok ? grant(policy, permission.value, options) : null;
		}
		const revocation = readRevocation(kind, args['details']);
		return revocation.ok && policy !== null ? revoke(policy, revocation.value, options) : null;
	})();
	return edited?.ok ? { before: policy ?? '', after: edited.value.newText } : null;
}
