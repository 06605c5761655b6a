import { isMap, isScalar, isSeq } from 'yaml';
import type { YamlMap, YamlNode, YamlValue } from '../read/yaml-nodes';
import { findUnfitText } from '../read/check-text';
import { emptyPolicy, grant } from './edit-policy';
import { readCidr } from '../host-pattern';
import { parsePolicy, parseYaml } from '../read/parse';
import type { Permission } from './permission';
import { ProblemList } from '../read/problem-list';
import { SourceLines } from '../read/source-lines';
import { yamlString } from '../read/yaml-text';

/** A policy rewritten from the shorter format that articles about Wassette show into the one that Wassette reads. */
export interface ArticleConversion {
	readonly newText: string;
	/** One sentence for each thing that was rewritten or left out, with its line. */
	readonly notes: readonly string[];
}

/**
 * Recognises a policy in the format of articles (no version, `filesystem` with `read` and `write`, plain strings in the allow lists) and
 * rewrites it. Null where there is nothing to convert: the text is no YAML, or passes as it is and names nothing of that format.
 */
export function convertArticleFormat(text: string): ArticleConversion | null {
	if (findUnfitText(text)) return null;
	const lines = new SourceLines(text);
	const root = parseYaml(text, new ProblemList(lines))?.contents;
	if (!isMap(root)) return null;
	const converter = new Converter(lines);
	converter.root(root);
	return converter.result(text);
}

type Sections = 'storage' | 'network' | 'environment';

const sectionNames = new Map<string, Sections>([
	['storage', 'storage'],
	['filesystem', 'storage'],
	['fs', 'storage'],
	['files', 'storage'],
	['network', 'network'],
	['net', 'network'],
	['http', 'network'],
	['environment', 'environment'],
	['environments', 'environment'],
	['env', 'environment'],
]);

class Converter {
	readonly #notes: string[] = [];
	readonly #permissions: Permission[] = [];
	readonly #denied: string[] = [];
	#isArticle = false;
	#version = '1.0';
	#description = 'Converted from the format of an article';

	constructor(readonly lines: SourceLines) {}

	root(map: YamlMap): void {
		let hasVersion = false;
		for (const [key, value, node] of entries(map)) {
			if (key === 'version') {
				hasVersion = true;
				const text = scalarText(value) ?? '';
				if (text.startsWith('1.')) this.#version = text;
				else this.#note(node, `version ${text} becomes "1.0"`);
				if (isScalar(value) && typeof value.value !== 'string')
					this.#note(node, 'the version is put in quotes');
			} else if (key === 'description') {
				this.#description = scalarText(value) ?? this.#description;
			} else if (key === 'permissions' && isMap(value)) {
				for (const entry of entries(value)) this.#section(...entry);
			} else if (key !== 'permissions') {
				if (sectionNames.has(key)) this.#rewrite(node, `\`${key}\` moves under \`permissions\``);
				this.#section(key, value, node);
			}
		}
		if (!hasVersion) this.#notes.unshift('Wassette requires a version: `version: "1.0"` is added');
	}

	result(text: string): ArticleConversion | null {
		if (!this.#isArticle || this.#permissions.length === 0) return null;
		let newText = emptyPolicy('x')
			.replace(/^version:.*$/m, `version: ${yamlString(this.#version)}`)
			.replace(/^description:.*$/m, () => `description: ${yamlString(this.#description)}`);
		for (const permission of this.#permissions) {
			const edit = grant(newText, permission, { componentId: '' });
			if (edit.ok) newText = edit.value.newText;
			else this.#notes.push(`Left out: ${edit.error}`);
		}
		if (this.#denied.length > 0)
			this.#notes.push(
				`Deny lists are never enforced by Wassette, so they are left out: ${this.#denied.join(', ')}`,
			);
		if (/(^|\s)#/m.test(text)) this.#notes.push('Comments are not carried over');
		return parsePolicy(newText).policy ? { newText, notes: this.#notes } : null;
	}

	#section(key: string, value: YamlValue, node: YamlNode): void {
		const section = sectionNames.get(key);
		if (!section) {
			if (key === 'resources') this.#resources(value);
			else this.#note(node, `\`${key}\` means nothing to Wassette and is left out`);
			return;
		}
		if (key !== section) this.#rewrite(node, `\`${key}\` becomes \`${section}\``);
		if (isSeq(value)) {
			this.#rewrite(value, `the list goes under \`${section}.allow\``);
			this.#list(section, value.items, ['read']);
		} else if (isMap(value)) {
			for (const [name, list, nameNode] of entries(value)) this.#named(section, name, list, nameNode);
		}
	}

	#named(section: Sections, name: string, list: YamlValue, node: YamlNode): void {
		if (!isSeq(list)) {
			if (isScalar(list) && list.value !== null)
				this.#note(
					node,
					`\`${name}: ${scalarText(list)}\` cannot be said in a policy of Wassette and is left out`,
				);
			return;
		}
		const items = list.items;
		if (/^(deny|denied|block|blocked)$/.test(name)) {
			this.#denied.push(...items.map((item) => itemText(item)?.text ?? '?'));
			return;
		}
		const access = accessOf(name);
		if (section === 'storage' && access)
			this.#rewrite(node, `\`${name}\` becomes rules with \`access: [${access.join(', ')}]\``);
		else if (name !== 'allow') this.#rewrite(node, `\`${name}\` becomes \`${section}.allow\``);
		this.#list(section, items, access ?? ['read']);
	}

	#list(section: Sections, items: readonly YamlNode[], access: readonly ('read' | 'write')[]): void {
		for (const item of items) {
			const found = itemText(item);
			if (!found) {
				this.#note(item, 'this item cannot be read and is left out');
				continue;
			}
			if (section === 'network' && readCidr(found.text)) {
				this.#note(item, `ranges such as ${found.text} never match in Wassette, so this one is left out`);
				continue;
			}
			if (found.isShort)
				this.#rewrite(
					item,
					`“${found.text}” becomes \`${fieldNames[section]}: ${permissionText(section, found.text)}\``,
				);
			const granted = accessIn(item) ?? access;
			this.#permissions.push(permissionFor(section, found.text, granted));
		}
	}

	#resources(value: YamlValue): void {
		const limits = isMap(value) ? value.get('limits', true) : undefined;
		const memory = isMap(limits) ? limits.get('memory') : isMap(value) ? value.get('memory') : undefined;
		if (typeof memory === 'string') this.#permissions.push({ kind: 'memory', limit: memory });
		else if (typeof memory === 'number') this.#permissions.push({ kind: 'memory', limit: `${memory}Mi` });
	}

	#note(node: YamlNode, text: string): void {
		this.#notes.push(`Line ${this.lines.line(node.range?.[0] ?? 0)}: ${text}`);
	}

	/** A note of something that only the format of articles has. */
	#rewrite(node: YamlNode, text: string): void {
		this.#isArticle = true;
		this.#note(node, text);
	}
}

const fieldNames: { readonly [section in Sections]: string } = {
	storage: 'uri',
	network: 'host',
	environment: 'key',
};

function* entries(map: YamlMap): Generator<readonly [key: string, value: YamlValue, node: YamlNode]> {
	for (const { key, value } of map.items) {
		const name = scalarText(key);
		if (name !== null) yield [name, value, key];
	}
}

function scalarText(node: unknown): string | null {
	if (!isScalar(node)) return null;
	return typeof node.value === 'string' ? node.value : (node.source ?? null);
}

/** What an item is about: the item itself where it is a string, or the field that names it. `isShort` where Wassette would not read it. */
function itemText(item: YamlNode): { readonly text: string; readonly isShort: boolean } | null {
	const text = scalarText(item);
	if (text !== null) return text === '' ? null : { text, isShort: true };
	if (!isMap(item)) return null;
	const proper = ['uri', 'host', 'cidr', 'key'];
	for (const name of [...proper, 'path', 'url', 'domain', 'name', 'variable']) {
		const value = scalarText(item.get(name, true));
		if (value) return { text: value, isShort: !proper.includes(name) };
	}
	return null;
}

function accessOf(name: string): readonly ('read' | 'write')[] | null {
	switch (name.toLowerCase().replace(/[-_]/g, '')) {
		case 'read':
		case 'readonly':
			return ['read'];
		case 'write':
			return ['write'];
		case 'readwrite':
		case 'rw':
			return ['read', 'write'];
		default:
			return null;
	}
}

function accessIn(item: YamlNode): readonly ('read' | 'write')[] | null {
	if (!isMap(item)) return null;
	const value = item.get('access', true) ?? item.get('permissions', true) ?? item.get('mode', true);
	const words = isSeq(value) ? value.items.map((word) => scalarText(word) ?? '') : [scalarText(value) ?? ''];
	const access = words.flatMap((word) => accessOf(word) ?? []);
	return access.length > 0 ? [...new Set(access)] : null;
}

function permissionFor(section: Sections, text: string, access: readonly ('read' | 'write')[]): Permission {
	const value = permissionText(section, text);
	switch (section) {
		case 'storage':
			return { kind: 'storage', uri: value, access };
		case 'network':
			return { kind: 'network', host: value };
		case 'environment':
			return { kind: 'environment', key: value };
	}
}

function permissionText(section: Sections, text: string): string {
	if (section !== 'storage' || text.startsWith('fs://')) return text;
	return `fs://${text.replace(/^file:\/\//, '').replace(/^\.\//, '')}`;
}
