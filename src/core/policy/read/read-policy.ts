import { isMap, isScalar, isSeq } from 'yaml';
import type { YamlDocument } from './yaml-nodes';
import { releaseIds } from '../engines';
import type { Access, Policy, PolicyRule, SourceRange } from '../policy';
import { readBufferedItem } from './buffered-item';
import {
	FieldReader,
	isNull,
	keyText,
	shown,
	variantOf,
	type Field,
	type ListItem,
	type Value,
} from './field-reader';
import type { ProblemList } from './problem-list';
import { ResourceReader } from './resource-reader';
import { scalarText } from './serde-scalar';
import { cidrFault, environmentKeyFault, hostFault, storageUriFault, withoutScheme } from './validate-rule';

/** Reads a policy out of a YAML document, reporting what Wassette's parser and its validation would refuse. */
export function readPolicy(document: YamlDocument, problems: ProblemList): Policy {
	return new PolicyReader(document, problems).read();
}

class PolicyReader {
	readonly #in: FieldReader;
	readonly #problems: ProblemList;
	readonly #rules: PolicyRule[] = [];
	readonly #resources: ResourceReader;

	constructor(document: YamlDocument, problems: ProblemList) {
		this.#in = new FieldReader(document, problems);
		this.#problems = problems;
		this.#resources = new ResourceReader(this.#in, this.#rules);
	}

	read(): Policy {
		const root = this.#in.document.contents;
		const start = { from: 0, to: 0 };
		const fields = this.#in.fields(root, start, 'a policy', '');
		const version = fields.get('version');
		const permissions = fields.get('permissions');
		if (!version) this.#missingVersion(root);
		if (!permissions)
			this.#problems.error('missing-field', 'missing field `permissions`', this.#in.head(root));
		const description = fields.get('description');
		const policy = {
			version: version ? this.#version(version) : '',
			description:
				description && !isNull(description.value) ? this.#in.string(description, 'description') : null,
		};
		if (permissions) this.#permissions(permissions);
		const rules = this.#rules.sort((a, b) => a.range.from - b.range.from);
		return { ...policy, rules, ruleRefs: rules.map((rule) => rule.ref) };
	}

	#missingVersion(root: Value): void {
		const at = root?.range?.[0] ?? 0;
		const isAtLineStart = at === 0 || this.#in.text[at - 1] === '\n';
		const fix =
			isMap(root) && !root.flow && isAtLineStart
				? { title: 'Add version: "1.0"', from: at, to: at, text: 'version: "1.0"\n' }
				: undefined;
		this.#problems.error('missing-field', 'missing field `version`', this.#in.head(root), fix);
	}

	#version({ key, value }: Field): string {
		const range = this.#in.range(value, key);
		if (!isScalar(value)) {
			this.#problems.error('version', 'invalid type: `version` must be a string such as "1.0"', range);
			return '';
		}
		const text = scalarText(value);
		if (!text.startsWith('1.')) this.#problems.error('version', `Unsupported version: ${text}`, range);
		return text;
	}

	#permissions(field: Field): void {
		// Nothing at all is an empty map to Wassette's reader, a word for null is not.
		if (isNull(field.value) && isScalar(field.value) && scalarText(field.value) !== '')
			return this.#in.wrongType(field, 'a map for `permissions`, such as {}');
		const sections = this.#in.fields(field.value, field.key, '`permissions`', 'permissions');
		for (const [name, section] of sections) {
			if (name === 'storage') {
				for (const list of this.#in.lists(section, 'storage', ['allow', 'deny'])) this.#storage(list);
			} else if (name === 'network') {
				for (const list of this.#in.lists(section, 'network', ['allow', 'deny'])) this.#network(list);
			} else if (name === 'environment') {
				for (const list of this.#in.lists(section, 'environment', ['allow'])) this.#environment(list);
			} else if (name === 'runtime') {
				this.#in.ignored(section, 'runtime', 'Wassette reads the runtime section and ignores it');
				this.#resources.runtime(section);
			} else if (name === 'resources') {
				this.#resources.resources(section);
			} else if (name === 'ipc') {
				this.#in.ignored(section, 'ipc', 'Wassette reads rules for ipc and ignores them');
				for (const list of this.#in.lists(section, 'ipc', ['allow', 'deny'])) {
					const place = this.#in.range(list.item, section.key);
					const fields = this.#in.fields(list.item, place, 'an `ipc` rule', 'ipc rule');
					const uri = this.#in.required(fields, 'uri', list.item, section.key);
					if (uri) this.#in.string(uri, 'uri');
				}
			}
		}
	}

	#storage({ effect, item, near }: ListItem): void {
		const fields = this.#in.fields(item, near, 'a storage rule', 'storage rule');
		const uri = this.#in.required(fields, 'uri', item, near);
		const accessField = this.#in.required(fields, 'access', item, near);
		if (!uri || !accessField) return;
		const text = this.#in.string(uri, 'uri');
		const access = this.#access(accessField);
		if (text === null || access === null) return;
		const fault = storageUriFault(text);
		if (fault !== null) return this.#problems.error('storage-uri', fault, this.#in.range(uri.value, uri.key));
		if (access.length === 0) {
			const range = this.#in.range(accessField.value, accessField.key);
			return this.#problems.error('storage-empty', 'Storage needs some access permissions', range);
		}
		this.#rules.push({ kind: 'storage', effect, uri: text, access, ...this.#in.place(item, uri.value) });
	}

	#access(field: Field): readonly Access[] | null {
		if (!isSeq(field.value)) {
			this.#in.wrongType(field, 'a list of `read` and `write`');
			return null;
		}
		const access = new Set<Access>();
		let isValid = true;
		for (const item of field.value.items) {
			if (this.#in.isTooMuch(item, field.key)) return null;
			const word = isScalar(item) ? variantOf(item) : null;
			if (word === 'read' || word === 'write') {
				access.add(word);
				continue;
			}
			isValid = false;
			const range = this.#in.range(item, field.key);
			const lower = typeof word === 'string' ? word.trim().toLowerCase() : '';
			const fix =
				lower === 'read' || lower === 'write'
					? { title: `Write ${lower}`, ...range, text: lower }
					: undefined;
			const message = `unknown variant \`${shown(item)}\`, expected \`read\` or \`write\``;
			this.#problems.error('storage-access', message, range, fix);
		}
		return isValid ? [...access] : null;
	}

	#network({ effect, item, near }: ListItem): void {
		const noMatch = 'data did not match any variant of untagged enum NetworkPermission';
		const range = this.#in.range(item, near);
		const read = readBufferedItem(item);
		// `defaults: true`, as an article has it, is no rule: that is said once.
		const isDefaults = isMap(item) && item.items.every((pair) => keyText(pair) === 'defaults');
		if (isMap(item) && !(read === null && isDefaults)) this.#in.unknownKeysOf(item, near, 'network rule');
		if (read === null) return this.#notNetwork(item, range, noMatch);
		const fault = read.kind === 'host' ? hostFault(read.text) : cidrFault(read.text);
		if (fault !== null) {
			// The documentation shows wildcards behind a scheme.
			const isDocumented = read.kind === 'host' && hostFault(withoutScheme(read.text)) === null;
			const engines = isDocumented ? releaseIds : undefined;
			const place = this.#in.range(read.value, range);
			this.#problems.error(`network-${read.kind}`, fault, place, undefined, engines);
			if (!isDocumented) return;
		}
		const place = this.#in.place(item, read.value);
		this.#rules.push(
			read.kind === 'host'
				? { kind: 'host', effect, host: read.text, ...place }
				: { kind: 'cidr', effect, cidr: read.text, ...place },
		);
	}

	/** An item that is neither a host nor a range: where it is nearly one, with what to write. */
	#notNetwork(item: Value, range: SourceRange, message: string): void {
		if (isScalar(item)) {
			const text = typeof item.value === 'string' ? item.value : null;
			const fix =
				text !== null && hostFault(text) === null
					? { title: `Write host: ${text}`, ...range, text: inlineHost(this.#in.text, range, text) }
					: undefined;
			return this.#problems.error('network-rule', message, range, fix);
		}
		const written = isMap(item)
			? item.items.find((pair) => /^(?:host|cidr)$/.test(keyText(pair) ?? ''))?.value
			: null;
		const isBare =
			isScalar(written) && (typeof written.value === 'number' || typeof written.value === 'boolean');
		const place = this.#in.range(written, range);
		const fix = isBare ? { title: 'Quote the value', ...place, text: `"${written.source}"` } : undefined;
		this.#problems.error('network-rule', message, place, fix);
	}

	#environment({ effect, item, near }: ListItem): void {
		const fields = this.#in.fields(item, near, 'an environment rule', 'environment rule');
		const key = this.#in.required(fields, 'key', item, near);
		if (!key) return;
		const text = this.#in.string(key, 'key');
		if (text === null) return;
		const fault = environmentKeyFault(text);
		if (fault !== null)
			return this.#problems.error('environment-key', fault, this.#in.range(key.value, key.key));
		this.#rules.push({ kind: 'environment', effect, key: text, ...this.#in.place(item, key.value) });
	}
}

/** A bare host in a list, as the map it has to be; braces where it stands in a flow list. */
function inlineHost(text: string, range: SourceRange, host: string): string {
	const isBlockItem = /-[ \t]+$/.test(text.slice(text.lastIndexOf('\n', range.from - 1) + 1, range.from));
	const pair = `host: ${JSON.stringify(host)}`;
	return isBlockItem ? pair : `{ ${pair} }`;
}
