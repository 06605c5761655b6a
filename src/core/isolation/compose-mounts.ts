import { itemAt } from '../item-at';
import { joinPath } from '../path';
import type { ComposeMount } from './compose';
import type { ComposeNode } from './compose-node';

const mostMounts = 64;

/** Everything that a service mounts: volumes, tmpfs, secrets and configs. */
export function readMounts(
	field: (key: string) => ComposeNode | null,
	root: ComposeNode,
): readonly ComposeMount[] {
	const volumes = field('volumes');
	const read = [
		...(volumes?.items('`volumes`') ?? []).map((item) => [item, readVolume(item, root)] as const),
		...tmpfsMounts(field('tmpfs')),
		...sharedMounts(field('secrets'), root, 'secrets'),
		...sharedMounts(field('configs'), root, 'configs'),
	];
	const mounts: ComposeMount[] = [];
	const targets = new Set<string>();
	for (const [node, mount] of read) {
		if (!mount) continue;
		if (!mount.target.startsWith('/')) node.error('target', 'The target of a mount must be an absolute path');
		else if (mount.target.includes('*')) node.error('target', 'A target with `*` in it is not modelled');
		const target = joinPath('/', mount.target);
		if (target === '/') node.error('target', 'Nothing can be mounted at /');
		if (targets.has(target)) node.error('target', `Two mounts have the target ${target}`);
		targets.add(target);
		if (mounts.length === mostMounts) node.error('mounts', `More than ${mostMounts} mounts are not modelled`);
		if (mount.kind === 'bind' && /docker\.sock$|containerd\.sock$|podman\.sock$/.test(mount.source)) {
			node.warn(
				'socket',
				'Whoever reaches the socket of the runtime controls the host: more than this model shows',
			);
		}
		mounts.push({ ...mount, target });
	}
	return mounts;
}

const isPath = (source: string) => /^[./~]/.test(source);

function readVolume(item: ComposeNode, root: ComposeNode): ComposeMount | null {
	return item.isMap ? readLongVolume(item, root) : readShortVolume(item, root);
}

/** `source:target:options`, `source:target` or `target`. */
function readShortVolume(item: ComposeNode, root: ComposeNode): ComposeMount | null {
	const text = item.string('A volume');
	if (text === null) return null;
	const parts = text.split(':');
	if (parts.length > 3 || parts.some((part) => part === '')) {
		item.error('volume', 'A volume is written as source:target or source:target:ro');
		return null;
	}
	const [source, target, options = ''] =
		parts.length === 1 ? [null, itemAt(parts, 0)] : (parts as [string, string, string?]);
	const words = options.split(',');
	const unknown = words.find(
		(word) => !/^(|ro|rw|z|Z|cached|delegated|consistent|nocopy|[rs]?(shared|slave|private))$/.test(word),
	);
	if (unknown !== undefined) item.error('volume', `A volume has no option named ${unknown}: use ro or rw`);
	const write = !words.includes('ro');
	const { rule } = item;
	if (source === null) return { kind: 'empty', target, write, rule };
	if (isPath(source)) return { kind: 'bind', source, target, write, rule, makesSource: true };
	return namedVolume(source, item, root, { target, write, rule });
}

function readLongVolume(item: ComposeNode, root: ComposeNode): ComposeMount | null {
	const text = (key: string) => item.get(key, 'a volume')?.string(`\`${key}\``) ?? null;
	const [type, source, target] = [text('type'), text('source'), text('target')];
	if (target === null) {
		item.error('volume', 'A volume needs a `target`');
		return null;
	}
	const facts = {
		target,
		write: !item.get('read_only', 'a volume')?.boolean('`read_only`'),
		rule: item.rule,
	};
	switch (type) {
		case 'bind': {
			if (source === null) {
				item.error('volume', 'A bind mount needs a `source`');
				return null;
			}
			const made = item.get('bind', 'a volume')?.get('create_host_path', '`bind`');
			return { kind: 'bind', source, ...facts, makesSource: made?.boolean('`create_host_path`') ?? true };
		}
		case 'tmpfs':
			return { kind: 'empty', ...facts };
		case 'volume':
			return source === null ? { kind: 'empty', ...facts } : namedVolume(source, item, root, facts);
		default:
			item.error('volume', 'The `type` of a volume must be bind, volume or tmpfs');
			return null;
	}
}

/** A volume that is kept under a name. Its driver may make a bind mount of it. */
function namedVolume(
	name: string,
	item: ComposeNode,
	root: ComposeNode,
	facts: Pick<ComposeMount, 'target' | 'write' | 'rule'>,
): ComposeMount {
	const known = new Map(root.get('volumes', 'A compose file')?.entries('`volumes`'));
	const volume = known.get(name);
	if (!volume) item.error('volume', `No volume named ${name} is defined under \`volumes\``);
	const device = volume?.isMap
		? volume.get('driver_opts', 'a volume')?.get('device', '`driver_opts`')?.string('`device`')
		: null;
	return device && isPath(device)
		? { kind: 'bind', source: device, ...facts, makesSource: false }
		: { kind: 'empty', ...facts };
}

type Placed = readonly [ComposeNode, ComposeMount | null];

function tmpfsMounts(node: ComposeNode | null): readonly Placed[] {
	if (!node) return [];
	return (node.isList ? node.items('`tmpfs`') : [node]).map((item): Placed => {
		const [target, options = ''] = item.string('A tmpfs')?.split(':') ?? [];
		if (target === undefined) return [item, null];
		return [item, { kind: 'empty', target, write: !options.split(',').includes('ro'), rule: item.rule }];
	});
}

/** Secrets and configs: single files, read-only, from a file, a variable or the compose file itself. */
function sharedMounts(
	node: ComposeNode | null,
	root: ComposeNode,
	kind: 'secrets' | 'configs',
): readonly Placed[] {
	if (!node) return [];
	const known = new Map(root.get(kind, 'A compose file')?.entries(`\`${kind}\``));
	return node.items(`\`${kind}\``).map((item): Placed => {
		const name = (item.isMap ? item.get('source', 'an entry') : item)?.string('The name of an entry') ?? '';
		const given = item.isMap ? item.get('target', 'an entry')?.string('`target`') : null;
		const folder = kind === 'secrets' ? '/run/secrets' : '/';
		const facts = {
			target: joinPath(given?.startsWith('/') ? '/' : folder, given ?? name),
			write: false,
			rule: item.rule,
		};
		const definition = known.get(name);
		if (!definition?.isMap) {
			item.error(kind, `Nothing named ${name} is defined under \`${kind}\``);
			return [item, null];
		}
		const text = (key: string) => definition.get(key, 'an entry')?.string(`\`${key}\``) ?? null;
		const [file, key, content] = [text('file'), text('environment'), text('content')];
		if (file !== null) {
			const source = isPath(file) ? file : `./${file}`;
			return [item, { kind: 'bind', source, makesSource: false, ...facts }];
		}
		if (key !== null) return [item, { kind: 'variable', key, ...facts }];
		if (content !== null) return [item, { kind: 'text', text: content, ...facts }];
		item.warn('not-followed', `${name} is kept by the runtime; what is in it is not known here`);
		return [item, null];
	});
}
