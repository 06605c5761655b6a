import { parsePolicy } from '../read/parse';
import { yamlString, yamlValue } from '../read/yaml-text';
import type { Access, PolicyRule } from '../policy';

/** A component that becomes a part of another one, with the policy that it has by itself. */
export interface PolicyOfPart {
	readonly id: string;
	/** Verbatim YAML; null is a component with no policy attached. */
	readonly policy: string | null;
}

/** One policy for several parts. */
export interface UnionPolicy {
	readonly text: string;
	/** What it cannot say as the policies of the parts do, as sentences. */
	readonly notes: readonly string[];
}

type Section = 'storage' | 'network' | 'environment';

const sectionOf = {
	storage: 'storage',
	host: 'network',
	cidr: 'network',
	environment: 'environment',
} as const;

/** A rule of one of the parts, or the same rule of several. */
interface Entry {
	readonly field: 'uri' | 'host' | 'cidr' | 'key';
	readonly value: string;
	readonly access: readonly Access[] | null;
	readonly ids: readonly string[];
}

/**
 * The policy of one component that is made of several: it allows what the policy of any part allows, and denies what that of any part denies. A
 * memory limit is the sum, where all parts have one.
 */
export function unionPolicy(name: string, parts: readonly PolicyOfPart[]): UnionPolicy {
	const notes: string[] = [];
	const lists = new Map<string, Entry[]>();
	let memory: number | null = 0;
	for (const { id, policy } of parts) {
		const parsed = policy === null ? null : parsePolicy(policy);
		const read = parsed?.policy ?? parsed?.documented;
		if (!read) {
			const why = policy === null ? 'has no policy attached' : 'has a policy that cannot be read';
			notes.push(`${id} ${why}, so nothing of it is in here.`);
			memory = null;
			continue;
		}
		for (const rule of read.rules) add(lists, id, rule);
		const limits = read.rules.filter((rule) => rule.kind === 'memory');
		const limit = limits.find(({ legacy }) => !legacy) ?? limits[0];
		if (!limit && memory !== null && memory > 0) notes.push(limitNote);
		memory = limit && memory !== null ? memory + limit.bytes : null;
	}
	for (const [key, entries] of lists)
		if (key.endsWith(' deny'))
			for (const { value, ids } of entries)
				notes.push(`${ids.join(' and ')} denies ${value}: that binds every part now.`);
	return { text: print(name, parts, lists, memory), notes: [...new Set(notes)] };
}

const limitNote = 'Not every part has a memory limit, so the whole has none.';

function add(lists: Map<string, Entry[]>, id: string, rule: PolicyRule): void {
	if (rule.kind === 'memory') return;
	const key = `${sectionOf[rule.kind]} ${rule.effect}`;
	const entries = lists.get(key) ?? [];
	const entry = { ...whatOf(rule), ids: [id] };
	const at = entries.findIndex(({ field, value }) => field === entry.field && value === entry.value);
	const known = entries[at];
	if (!known) entries.push(entry);
	else
		entries[at] = {
			...known,
			access: known.access && [...new Set([...known.access, ...(entry.access ?? [])])],
			ids: [...new Set([...known.ids, id])],
		};
	lists.set(key, entries);
}

function whatOf(rule: Exclude<PolicyRule, { readonly kind: 'memory' }>): Omit<Entry, 'ids'> {
	switch (rule.kind) {
		case 'storage':
			return { field: 'uri', value: rule.uri, access: rule.access };
		case 'host':
			return { field: 'host', value: rule.host, access: null };
		case 'cidr':
			return { field: 'cidr', value: rule.cidr, access: null };
		case 'environment':
			return { field: 'key', value: rule.key, access: null };
	}
}

function print(
	name: string,
	parts: readonly PolicyOfPart[],
	lists: ReadonlyMap<string, readonly Entry[]>,
	memory: number | null,
): string {
	const sections = (['storage', 'network', 'environment'] satisfies Section[]).flatMap((section) => {
		const effects = (['allow', 'deny'] as const).flatMap((effect) => {
			const entries = lists.get(`${section} ${effect}`) ?? [];
			return entries.length === 0 ? [] : [`    ${effect}:\n${entries.map(printEntry).join('')}`];
		});
		return effects.length === 0 ? [] : [`  ${section}:\n${effects.join('')}`];
	});
	if (memory) sections.push(`  resources:\n    limits:\n      memory: ${yamlString(String(memory))}\n`);
	const ids = parts.map(({ id }) => id).join(', ');
	const head = `version: "1.0"\ndescription: ${yamlString(`${name}: what ${ids} may do, together`)}\n`;
	return sections.length === 0 ? `${head}permissions: {}\n` : `${head}permissions:\n${sections.join('')}`;
}

const printEntry = ({ field, value, access, ids }: Entry): string => {
	const more = access && `        access: ${yamlValue(access)}\n`;
	return `      - ${field}: ${yamlString(value)} # ${ids.map(commentOf).join(', ')}\n${more ?? ''}`;
};

/** An id in a comment, which a line break would end. */
const commentOf = (id: string): string => (/^[\w.:/@+-]+$/.test(id) ? id : yamlString(id));
