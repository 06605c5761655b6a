import { itemAt } from '../item-at';
import type { Grants, HostRule, RuleRef } from '../policy/types';
import type { Ask, AskKind } from './asks';

/** What a component could do of one kind under some grants. */
export interface CouldDo {
	readonly kind: AskKind;
	/** `some` what is listed; `all` without a limit that a policy sets; `nothing`; `unasked` it does not import it, so grants change nothing. */
	readonly extent: 'some' | 'all' | 'nothing' | 'unasked';
	readonly granted: readonly { readonly text: string; readonly rule: RuleRef | null }[];
	/** Taken away again by a deny rule. */
	readonly except: readonly { readonly text: string; readonly rule: RuleRef | null }[];
}

/** The kinds that a policy speaks of; they are answered for also where the component does not ask. */
const governed = ['storage', 'network', 'environment'] as const;

/** Imports and grants together: what a component could do if it tried all that it may. */
export function couldDo(asks: readonly Ask[], grants: Grants): readonly CouldDo[] {
	const asked = new Set(asks.map(({ kind }) => kind));
	const rows = governed.map((kind): CouldDo => {
		const { granted, except } = grantsOfKind(kind, grants);
		const extent = !asked.has(kind) ? 'unasked' : granted.length > 0 ? 'some' : 'nothing';
		return { kind, extent, granted, except };
	});
	const others = asks
		.filter(({ kind }) => !(governed as readonly AskKind[]).includes(kind) && kind !== 'plumbing')
		.map(({ kind }): CouldDo => {
			const extent = kind === 'sockets' || kind === 'other' ? 'nothing' : 'all';
			return { kind, extent, granted: [], except: [] };
		});
	return [...rows, ...others];
}

/** Whether what a component may read could leave, in one sentence. */
export function couldLeak(rows: readonly CouldDo[]): string {
	const of = (kind: AskKind) => rows.find((row) => row.kind === kind);
	const reads = (['storage', 'environment'] as const).filter((kind) => of(kind)?.extent === 'some');
	const network = of('network');
	const hosts = network?.extent === 'some' ? network.granted.map(({ text }) => text) : [];
	if (hosts.length === 0)
		return reads.length > 0
			? 'It reaches no host, so what it reads goes nowhere but into its result and its output.'
			: 'It reaches nothing of yours and no host: it works on its arguments alone.';
	const where =
		hosts.length > 3 ? `${hosts.slice(0, 3).join(', ')} and ${hosts.length - 3} more` : hosts.join(', ');
	return reads.length > 0
		? `Everything that it may read, and its arguments, it could send to ${where}.`
		: `It could send its arguments to ${where}, and it reads nothing else of yours.`;
}

type Granted = CouldDo['granted'];

function grantsOfKind(
	kind: (typeof governed)[number],
	{ preopens, paths, hosts, variables }: Grants,
): { readonly granted: Granted; readonly except: Granted } {
	switch (kind) {
		case 'storage': {
			if (paths.length === 0)
				return {
					granted: preopens.map(({ path, read, write, rule }) => ({
						text: `${accessWords([...(read ? ['read'] : []), ...(write ? ['write'] : [])])} ${path}`,
						rule,
					})),
					except: [],
				};
			const ofEffect = (effect: 'allow' | 'deny') =>
				paths
					.filter((rule) => rule.effect === effect)
					.map(({ segments, access, rule }) => ({
						text: `${accessWords(access)} /${segments.join('/')}`,
						rule,
					}));
			return { granted: ofEffect('allow'), except: ofEffect('deny') };
		}
		case 'network': {
			const ofEffect = (effect: 'allow' | 'deny') =>
				hosts
					.filter((rule) => rule.effect === effect)
					.map((rule) => ({ text: hostWords(rule), rule: rule.rule }));
			return { granted: ofEffect('allow'), except: ofEffect('deny') };
		}
		case 'environment':
			return { granted: variables.map(({ key, rule }) => ({ text: key, rule })), except: [] };
	}
}

const accessWords = (access: readonly string[]) => access.join(' and ');

function hostWords({ scheme, host, port, cidr }: HostRule): string {
	if (cidr) return `addresses in ${cidrWords(cidr)}`;
	const name = host === '*' ? 'every host' : host;
	return `${scheme === null ? '' : `${scheme}://`}${name}${port === null ? '' : `:${port}`}`;
}

function cidrWords({ bytes, prefix }: NonNullable<HostRule['cidr']>): string {
	if (bytes.length === 4) return `${bytes.join('.')}/${prefix}`;
	const groups = Array.from({ length: 8 }, (_, at) =>
		((itemAt(bytes, 2 * at) << 8) | itemAt(bytes, 2 * at + 1)).toString(16),
	);
	return `${groups.join(':')}/${prefix}`;
}
