import type { AccessRequest, Grants, RuleRef } from '../../core/policy/types';

/** More rules than this are counted, not named. */
const mostNamed = 2;

interface Granted {
	readonly name: string;
	readonly rule: RuleRef;
}

/**
 * What the rules of the same kind grant, to go on after "No rule grants it": `; line 8 grants only /data`. `line` is that of the first of
 * them, or null where there are none.
 */
export function grantedWords(
	grants: Grants,
	request: AccessRequest,
): { readonly words: string; readonly line: number | null } {
	const granted = grantedOf(grants, request);
	const byLine = [...new Map(granted.map((one) => [one.rule.line, one])).values()];
	const line = byLine[0]?.rule.line ?? null;
	if (byLine.length === 0) return { words: `, and the policy grants no ${kindWords(request)} at all`, line };
	if (byLine.length > mostNamed)
		return { words: `; ${byLine.length} rules grant other ${otherWords(request)} only`, line };
	const lines = byLine.map(({ rule }) => rule.line).join(' and ');
	const names = byLine.map(({ name }) => name).join(' and ');
	return {
		words:
			byLine.length === 1 ? `; line ${lines} grants only ${names}` : `; lines ${lines} grant only ${names}`,
		line,
	};
}

function grantedOf(grants: Grants, request: AccessRequest): readonly Granted[] {
	switch (request.kind) {
		case 'storage': {
			const allowed = grants.paths.filter(
				({ effect, access }) => effect === 'allow' && access.includes(request.access),
			);
			return grants.rules === 'documented'
				? allowed.map(({ segments, rule }) => ({ name: `/${segments.join('/')}`, rule }))
				: grants.preopens
						.filter((preopen) => preopen[request.access])
						.map(({ path, rule }) => ({ name: path, rule }));
		}
		case 'network':
			return grants.hosts
				.filter(({ effect }) => effect === 'allow')
				.map(({ host, cidr, rule }) => ({ name: cidr ? rule.text : host, rule }));
		case 'environment':
			return grants.variables.flatMap(({ key, rule }) => (rule ? [{ name: key, rule }] : []));
	}
}

function kindWords(request: AccessRequest): string {
	switch (request.kind) {
		case 'storage':
			return request.access === 'write' ? 'writing of files' : 'reading of files';
		case 'network':
			return 'network';
		case 'environment':
			return 'variables';
	}
}

function otherWords({ kind }: AccessRequest): string {
	return { storage: 'paths', network: 'hosts', environment: 'variables' }[kind];
}
