import { findUnfitText } from '../policy/read/check-text';
import { parseYaml } from '../policy/read/parse';
import { ProblemList } from '../policy/read/problem-list';
import { SourceLines } from '../policy/read/source-lines';
import type { RuleRef } from '../policy/types';
import type { ComposeService, ReadCompose } from './compose';
import { ComposeNode } from './compose-node';
import { readMounts } from './compose-mounts';
import { parseSize } from './parse-size';

const mostProblems = 100;

/**
 * Reads a compose file for one of its services: the named one, or else the first. `valueOf` is what the shell knows of a variable. Never
 * throws: whatever is wrong is among the problems, at its place. The text is held to the same rules as a policy: no aliases, no tags, no
 * repeated keys, bounded in length and depth.
 */
export function readCompose(
	text: string,
	valueOf: (name: string) => string | undefined,
	wanted?: string,
): ReadCompose {
	const problems = new ProblemList(new SourceLines(text));
	const done = (services: readonly string[], service: ComposeService | null): ReadCompose => {
		// A value that is asked about twice is wrong once.
		const said = new Set<string>();
		const sorted = problems.sorted().filter(({ message, line, column }) => {
			const key = `${line}:${column} ${message}`;
			return !said.has(key) && said.add(key);
		});
		const errors = sorted.filter(({ severity }) => severity === 'error');
		const kept = errors.length > 0 ? errors : sorted;
		return {
			services,
			service: errors.length > 0 ? null : service,
			problems: kept.slice(0, mostProblems),
		};
	};
	const unfit = findUnfitText(text, 'The compose file');
	if (unfit) {
		problems.error('text', unfit.message, unfit);
		return done([], null);
	}
	const document = parseYaml(text, problems);
	if (!document) return done([], null);
	const head = { from: 0, to: problems.lines.end(1) };
	const root = new ComposeNode(document.contents, head, { text, problems, valueOf });
	const services = root.get('services', 'A compose file')?.entries('`services`') ?? [];
	const names = services.map(([name]) => name);
	const found = services.find(([name]) => name === wanted) ?? services[0];
	if (!found) {
		if (!problems.hasErrors)
			problems.error('services', 'A compose file names at least one service under `services`', head);
		return done(names, null);
	}
	for (const [key, value] of root.entries('A compose file'))
		if (key === 'include') value.warn('not-followed', 'Files that are included are not read here');
	return done(names, readService(found[0], found[1], root));
}

function readService(name: string, service: ComposeNode, root: ComposeNode): ComposeService {
	if (service.isEmpty || !service.isMap) service.error('type', 'A service must be a map');
	const fields = new Map(service.isMap ? service.entries('a service') : []);
	const field = (key: string) => {
		const value = fields.get(key);
		return value && !value.isEmpty ? value : null;
	};
	warnOfMore(fields);
	const readOnly = field('read_only');
	return {
		name,
		readOnly: readOnly?.boolean('`read_only`') ? readOnly.rule : null,
		mounts: readMounts(field, root),
		network: readNetwork(field, root),
		environment: readEnvironment(field('environment')),
		envFiles: readEnvFiles(field('env_file')),
		memory: readMemory(field),
	};
}

/** Keys that let a container reach more than this model shows, in words. */
const more: Readonly<Record<string, string>> = {
	privileged:
		'A privileged container reaches the devices of its host, and with them everything: more than this model shows',
	cap_add: 'Capabilities are not modelled: some of them open the host',
	devices: 'Devices are not modelled',
	pid: 'Shared processes are not modelled: through /proc they open files and variables of others',
	ipc: 'Shared memory is not modelled',
	userns_mode: 'Users are not modelled',
	security_opt: 'Security profiles are not modelled',
	volumes_from: 'Volumes of other services are not followed here',
	extends: 'What is extended is not read here',
	extra_hosts: 'Names are not looked up here, so added hosts change nothing',
};

function warnOfMore(fields: ReadonlyMap<string, ComposeNode>): void {
	for (const [key, value] of fields) {
		if (!Object.hasOwn(more, key) || value.isEmpty) continue;
		if (key === 'privileged' && !value.boolean('`privileged`')) continue;
		value.warn('not-modelled', more[key]!);
	}
}

type FieldOf = (key: string) => ComposeNode | null;

const openByDefault: RuleRef = { text: 'a container reaches every host unless told otherwise', line: 0 };

function readNetwork(field: FieldOf, root: ComposeNode): ComposeService['network'] {
	const mode = field('network_mode');
	if (mode) {
		const written = mode.string('`network_mode`');
		if (written?.includes(':'))
			mode.warn('not-followed', 'The network of another container is not followed; it is taken to be open');
		return { open: written !== 'none', rule: mode.rule };
	}
	const networks = field('networks');
	const joined = networks
		? networks.isMap
			? networks.entries('`networks`').map(([name]) => name)
			: networks.items('`networks`').flatMap((item) => item.string('The name of a network') ?? [])
		: ['default'];
	const known = new Map(root.get('networks', 'A compose file')?.entries('`networks`'));
	const internal = joined.map((name) => {
		const network = known.get(name);
		if (!network) {
			if (name !== 'default')
				networks?.error('network', `No network named ${name} is defined under \`networks\``);
			return null;
		}
		const flag = network.get('internal', 'A network');
		return flag?.boolean('`internal`') ? flag.rule : null;
	});
	const closing = internal[0];
	if (closing && internal.every((rule) => rule !== null)) return { open: false, rule: closing };
	return { open: true, rule: networks?.rule ?? openByDefault };
}

function readEnvironment(node: ComposeNode | null): ComposeService['environment'] {
	if (!node) return [];
	if (node.isMap) {
		return node.entries('`environment`').map(([key, value]) => ({
			key,
			value: value.isEmpty ? null : value.string('The value of a variable'),
			rule: { ...value.rule, text: value.isEmpty ? key : `${key}: …` },
		}));
	}
	return node.items('`environment`').flatMap((item) => {
		const text = item.string('A variable');
		if (text === null) return [];
		const equals = text.indexOf('=');
		const key = equals < 0 ? text : text.slice(0, equals);
		// Without its value, which may be a secret that the file holds in the clear.
		const rule = { ...item.rule, text: equals < 0 ? text : `${key}=…` };
		return [{ key, value: equals < 0 ? null : text.slice(equals + 1), rule }];
	});
}

function readEnvFiles(node: ComposeNode | null): ComposeService['envFiles'] {
	if (!node) return [];
	return (node.isList ? node.items('`env_file`') : [node]).flatMap((item) => {
		const path = (item.isMap ? item.get('path', 'An env file') : item)?.string('The path of an env file');
		const required = item.isMap ? (item.get('required', 'An env file')?.boolean('`required`') ?? true) : true;
		return path ? [{ path, required, rule: item.rule }] : [];
	});
}

function readMemory(field: FieldOf): ComposeService['memory'] {
	const limit = field('mem_limit');
	const deployed = field('deploy')
		?.get('resources', '`deploy`')
		?.get('limits', '`resources`')
		?.get('memory', '`limits`');
	const read = (node: ComposeNode | null | undefined): ComposeService['memory'] => {
		const text = node?.string('A limit on memory');
		if (!node || text === null || text === undefined) return null;
		const bytes = parseSize(text);
		if (bytes === null) {
			node.error('size', 'A size is a number with a unit, such as 256m');
			return null;
		}
		// Zero is no limit.
		return bytes === 0 ? null : { bytes, rule: node.rule };
	};
	const [plain, byDeploy] = [read(limit), read(deployed)];
	if (plain && byDeploy && plain.bytes !== byDeploy.bytes)
		limit?.error('memory', 'Compose refuses `mem_limit` and a different limit under `deploy`');
	return byDeploy ?? plain;
}
