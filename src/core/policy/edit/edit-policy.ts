import { isMap, isScalar, isSeq } from 'yaml';
import type { YamlNode, YamlValue } from '../read/yaml-nodes';
import { err, ok, type Result } from '../../result';
import { parsePolicy } from '../read/parse';
import type { Permission, PermissionKind, Revocation } from './permission';
import { applyEdits, PolicyDocument, type Leaf, type TextEdit } from './policy-document';
import type { RuleRef } from '../types';
import { yamlString } from '../read/yaml-text';

/** A policy text after an edit. */
export interface PolicyEdit {
	readonly newText: string;
	/** 1-based lines of the new text that are new or changed. */
	readonly addedLines: readonly number[];
	/** Whether the text differs at all from what it was. */
	readonly changed: boolean;
}

export interface EditOptions {
	/** Named in the description of a policy that is made anew. */
	readonly componentId: string;
	/** Whether a result that does not pass validation is an error; Wassette's own grants are not checked. Default true. */
	readonly checked?: boolean;
}

/** The policy that Wassette attaches to a component that has none, before anything is granted. */
export function emptyPolicy(componentId: string): string {
	const description = `Auto-generated policy for component: ${componentId}`;
	return `version: "1.0"\ndescription: ${yamlString(description)}\npermissions: {}\n`;
}

/** Adds a rule, or widens the one that is there. What is granted already changes nothing. */
export function grant(
	text: string | null,
	permission: Permission,
	options: EditOptions,
): Result<PolicyEdit, string> {
	return changePolicy(text, options, (document) => grantEdits(document, permission));
}

/** Removes every allow rule for exactly this. Where there is none, the text stays as it is. */
export function revoke(
	text: string | null,
	target: Revocation,
	options: EditOptions,
): Result<PolicyEdit, string> {
	if (isBlank(text)) return ok(unchanged(text ?? ''));
	const [field, value] = subjectOf(target);
	return changePolicy(text, options, (document) => {
		const list = document.list('permissions', target.kind, 'allow');
		return list ? document.removeItems(list, (item) => scalarAt(item, field) === value) : [];
	});
}

/** Takes away everything, leaving version and description. A component without a policy gets an empty one. */
export function reset(text: string | null, options: EditOptions): Result<PolicyEdit, string> {
	return changePolicy(text, options, (document) => document.clear('permissions'));
}

/** Removes one rule, allow or deny, that a decision named. */
export function removeRule(text: string, rule: RuleRef, options: EditOptions): Result<PolicyEdit, string> {
	const found = parsePolicy(text).policy?.rules.find(
		({ ref }) => ref.line === rule.line && ref.text === rule.text,
	);
	if (!found) return err(`No such rule on line ${rule.line}`);
	if (found.kind === 'memory') return err('A memory limit is no rule of a list');
	const section = found.kind === 'host' || found.kind === 'cidr' ? 'network' : found.kind;
	return changePolicy(text, options, (document) => {
		const list = document.list('permissions', section, found.effect);
		return list && document.removeItems(list, (item) => item.range[0] === found.range.from);
	});
}

/** Changes a text as `change` says, of the document that it is; null from it is a layout in which that cannot be done. A blank text is an empty policy first. */
export function changePolicy(
	text: string | null,
	{ componentId, checked = true }: EditOptions,
	change: (document: PolicyDocument) => readonly TextEdit[] | null,
): Result<PolicyEdit, string> {
	const before = text ?? '';
	const base = isBlank(text) ? before.trim() + (before.trim() && '\n') + emptyPolicy(componentId) : before;
	const document = PolicyDocument.read(base);
	if (!document.ok) return err(`The policy does not parse: ${document.error}`);
	const edits = change(document.value);
	if (!edits) return err('The policy is laid out in a way that cannot be edited here');
	const newText = applyEdits(base, edits);
	if (checked) {
		const error = parsePolicy(newText).problems.find(({ severity }) => severity === 'error');
		if (error) return err(error.message);
	}
	return ok({ newText, addedLines: changedLines(before, newText), changed: newText !== text });
}

/** Nothing but comments and white space counts as no policy. */
const isBlank = (text: string | null): text is null =>
	text === null || /^\ufeff?(?:\s|#[^\n]*(?:\n|$))*$/.test(text);

const unchanged = (text: string): PolicyEdit => ({ newText: text, addedLines: [], changed: false });

function grantEdits(document: PolicyDocument, permission: Permission): readonly TextEdit[] | null {
	if (permission.kind === 'memory') return memoryEdits(document, permission.limit);
	const section: PermissionKind = permission.kind;
	const fields = ruleFields(permission);
	const [[field, value]] = fields;
	const list = document.list('permissions', section, 'allow');
	const same = list?.items.filter((item) => scalarAt(item, field) === value) ?? [];
	if (same.length === 0) return document.insert(['permissions', section, 'allow'], { kind: 'item', fields });
	return permission.kind === 'storage' ? mergeAccess(document, same, permission.access) : [];
}

/** What a rule for a permission consists of; the first field names what it is about. */
export function ruleFields(permission: Permission): Extract<Leaf, { kind: 'item' }>['fields'] {
	const subject = subjectOf(permission);
	return permission.kind === 'storage' ? [subject, ['access', permission.access]] : [subject];
}

/** The field that names what a rule is about, and what stands in it. */
function subjectOf(target: Permission | Revocation): readonly [key: string, value: string] {
	switch (target.kind) {
		case 'storage':
			return ['uri', target.uri];
		case 'network':
			return ['host', target.host];
		case 'environment':
			return ['key', target.key];
		case 'memory':
			return ['memory', target.limit];
	}
}

/** Adds the words that are missing to the first rule for a URI, as Wassette does. */
function mergeAccess(
	document: PolicyDocument,
	rules: readonly YamlNode[],
	access: readonly string[],
): readonly TextEdit[] | null {
	const lists = rules.flatMap((rule) => {
		const list = nodeAt(rule, 'access');
		return isSeq(list) && list.items.length > 0 ? [list] : [];
	});
	const [first] = lists;
	if (!first || lists.length < rules.length) return null;
	const granted = lists.flatMap((list) => list.items.map((item) => isScalar(item) && item.value));
	const missing = [...new Set(access)].filter((word) => !granted.includes(word));
	// Each edit inserts at the same place; together they are one.
	return missing.flatMap((word) => document.appendWord(first, word));
}

function memoryEdits(document: PolicyDocument, limit: string): readonly TextEdit[] | null {
	const keys = ['permissions', 'resources', 'limits'];
	const present = document.find([...keys, 'memory']);
	if (isScalar(present) && present.value !== null) return document.replaceValue(present, yamlString(limit));
	return document.insert(keys, { kind: 'entry', key: 'memory', value: limit });
}

/** The value of a field of a rule; null where it has none. */
export function nodeAt(item: YamlNode, key: string): YamlValue {
	if (!isMap(item)) return null;
	const entry = item.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
	return entry?.value ?? null;
}

/** The text of a field of a rule; null where it is none. */
export function scalarAt(item: YamlNode, key: string): string | null {
	const node = nodeAt(item, key);
	if (!isScalar(node)) return null;
	return typeof node.value === 'string' ? node.value : (node.source ?? null);
}

/** Lines of the new text between what both texts begin with and what both end with. */
function changedLines(before: string, after: string): readonly number[] {
	const old = before.split('\n');
	const now = after.split('\n');
	let top = 0;
	while (top < old.length && top < now.length && old[top] === now[top]) top++;
	let bottom = 0;
	while (
		bottom < old.length - top &&
		bottom < now.length - top &&
		old.at(-1 - bottom) === now.at(-1 - bottom)
	)
		bottom++;
	const lines = Array.from({ length: now.length - top - bottom }, (_, index) => top + index + 1);
	return lines.filter((line) => line < now.length || now[line - 1] !== '');
}
