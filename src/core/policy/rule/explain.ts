import { resolveEngine } from '../engines';
import { requestPurpose } from './request-words';
import type { Decision } from '../types';
import { urlRefusalWords } from './url-refusal-words';

/** One plain sentence for a person. It quotes the request and the policy as they are, so it is to be shown as text. */
export function explain(decision: Decision): string {
	const { request, rule, detail, reason } = decision;
	const purpose = requestPurpose(request);
	const engine = engineName(decision.engine);
	const named = rule && `line ${rule.line} (${rule.text})`;
	switch (reason) {
		case 'granted':
			return `Allowed ${purpose} by ${named ?? 'the policy'}${detail ? `, ${detail}` : ''}.`;
		case 'denied-by-rule':
			return `Denied ${purpose} by ${named ?? 'the policy'}.`;
		case 'no-rule':
			return `Denied ${purpose}: no rule of the policy grants it.`;
		case 'access-not-granted': {
			const access = request.kind === 'storage' ? request.access : 'this';
			return `Denied ${purpose}: ${named ?? 'a rule'} covers the path without ${access} access.`;
		}
		case 'no-policy':
			return `Denied ${purpose}: the component has no policy attached, so nothing is granted.`;
		case 'no-policy-unrestricted':
			return `Allowed ${purpose}: ${engine} gives a component that has no policy every configured variable.`;
		case 'secret':
			return `Allowed ${purpose}: ${engine} hands a component all its secrets, whatever its policy says.`;
		case 'invalid-policy':
			return `Denied ${purpose}: the policy does not parse${detail ? ` (${detail})` : ''}, so none of its rules counts.`;
		case 'policy-failure':
			return `Denied ${purpose}: under this policy ${engine} answers every call with “${detail ?? 'an error'}”${named ? `, because of ${named}` : ''}.`;
		case 'invalid-request':
			return `Denied: the request itself cannot be decided${detail ? `. ${urlRefusalWords(detail)}` : ''}.`;
	}
}

function engineName(id: string): string {
	const engine = resolveEngine(id);
	if (!engine.ok) return id;
	if (engine.value.traits.rules === 'documented') return 'the documented engine';
	return `Wassette ${id.replace(/^v/, '')}`;
}
