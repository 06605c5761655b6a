import { isScalar, isSeq } from 'yaml';
import type { YamlList, YamlNode } from '../read/yaml-nodes';
import { err, ok, type Result } from '../../result';
import { parsePolicy } from '../read/parse';
import { createEvaluator } from '../rule/evaluate';
import type { AccessRequest, EngineId, WorldView } from '../types';
import {
	changePolicy,
	grant,
	nodeAt,
	removeRule,
	ruleFields,
	scalarAt,
	type EditOptions,
} from './edit-policy';
import type { Permission } from './permission';
import type { TextEdit } from './policy-document';

/** Something that a rule of a list grants. */
type Granted = Exclude<Permission, { readonly kind: 'memory' }>;

export interface NarrowOptions extends EditOptions {
	readonly engine: EngineId;
	readonly world: WorldView;
	/** What has to be allowed afterwards: deny rules, and rules that make every call fail, go where they stand in its way. */
	readonly requests: readonly AccessRequest[];
}

/** Never more rules are cleared out of the way than this, as each asks for the policy to be read once more. */
const mostRemoved = 20;

/**
 * Makes a policy grant exactly `permissions`, each place at most once among them: allow rules for anything else go, what is missing is added,
 * and everything else in the text stays where it is, such as comments, the description, deny rules and limits. The error says why it cannot be
 * edited so.
 */
export function narrowPolicy(
	text: string,
	permissions: readonly Granted[],
	options: NarrowOptions,
): Result<string, string> {
	const unchecked = { componentId: options.componentId };
	const narrowed = changePolicy(text, unchecked, (document) => {
		const edits: TextEdit[] = [];
		for (const kind of ['network', 'storage', 'environment'] as const) {
			const list = document.list('permissions', kind, 'allow');
			if (!list) continue;
			const wanted = permissions.filter((permission) => permission.kind === kind);
			const removed = document.removeItems(list, (item) => !wanted.some((one) => serves(item, one)));
			if (!removed) return null;
			edits.push(...removed);
			for (const item of list.items) {
				const permission = wanted.find((one) => serves(item, one));
				const words = permission?.kind === 'storage' ? wordsOf(item) : null;
				if (permission?.kind !== 'storage' || !words) continue;
				const narrower = document.removeItems(words, (word) => !isGrantedWord(word, permission));
				if (!narrower) return null;
				edits.push(...narrower);
			}
		}
		return edits;
	});
	if (!narrowed.ok) return narrowed;
	let now = narrowed.value.newText;
	for (const permission of permissions) {
		const granted = grant(now, permission, unchecked);
		if (!granted.ok) return granted;
		now = granted.value.newText;
	}
	return clearTheWay(now, options);
}

/** Removes what denies the requests although they are granted. */
function clearTheWay(text: string, options: NarrowOptions): Result<string, string> {
	const { requests, engine, world, componentId } = options;
	let now = text;
	for (let removed = 0; removed <= mostRemoved; removed++) {
		const decide = createEvaluator(now, engine, world);
		const denied = requests.map(decide).find(({ outcome }) => outcome === 'deny');
		if (!denied) return ok(now);
		const isInTheWay = denied.reason === 'denied-by-rule' || denied.reason === 'policy-failure';
		if (!isInTheWay || !denied.rule) break;
		const edit = removeRule(now, denied.rule, { componentId });
		if (!edit.ok) return edit;
		now = edit.value.newText;
	}
	return err('Rules of the policy stand in the way');
}

/** Whether an item of a list is a rule for this, or for a part of it. */
function serves(item: YamlNode, permission: Granted): boolean {
	const [[field, value]] = ruleFields(permission);
	if (scalarAt(item, field) !== value) return false;
	const words = wordsOf(item);
	return (
		permission.kind !== 'storage' || (words?.items.some((word) => isGrantedWord(word, permission)) ?? false)
	);
}

function wordsOf(item: YamlNode): YamlList | null {
	const words = nodeAt(item, 'access');
	return isSeq(words) ? words : null;
}

const isGrantedWord = (word: YamlNode, { access }: Extract<Granted, { kind: 'storage' }>): boolean =>
	isScalar(word) && access.some((granted) => granted === word.value);

/** Whether a policy's rules grant exactly `permissions`, as they are written. */
export function grantsExactly(text: string, permissions: readonly Granted[]): boolean {
	const rules = parsePolicy(text).policy?.rules.filter(
		({ effect, kind }) => effect === 'allow' && kind !== 'memory',
	);
	const written = rules?.flatMap((rule) => {
		switch (rule.kind) {
			case 'storage':
				return rule.access.map((word) => JSON.stringify(['storage', rule.uri, word]));
			case 'host':
				return [JSON.stringify(['network', rule.host])];
			case 'environment':
				return [JSON.stringify(['environment', rule.key])];
			case 'cidr':
			case 'memory':
				return [JSON.stringify([rule.kind])];
		}
	});
	const wanted = permissions.flatMap((permission) => {
		const [[, value]] = ruleFields(permission);
		const words = permission.kind === 'storage' ? permission.access : [undefined];
		return words.map((word) => JSON.stringify([permission.kind, value, ...(word ? [word] : [])]));
	});
	return written !== undefined && [...new Set(written)].sort().join() === [...new Set(wanted)].sort().join();
}
