import { propertyOf } from './property-of';
import { isList } from './is-list';
import { isRecord } from './is-record';
import type { FileChange } from './files';
import { exceedsBytes, isWorldPath, maxPathBytes } from './path';
import { err, ok, type Result } from './result';

/** The furthest from the epoch, in milliseconds, that a `Date` can show. */
const maxTime = 8.64e15;

/**
 * Reads one change out of a value that a sandbox sent; bytes are not copied. Where it is not one, the error is a removal of the path
 * it named, cut to a path's length, so that whoever shows it has something to show.
 */
export function parseChange(value: unknown): Result<FileChange, FileChange> {
	const change = isRecord(value) ? value : {};
	const parsed = parse(change);
	if (parsed) return ok(parsed);
	const named = [change.path, change.to, change.from].find((text) => typeof text === 'string');
	return err({ kind: 'remove', path: typeof named === 'string' ? named.slice(0, maxPathBytes) : '' });
}

function parse(change: { readonly [key: string]: unknown }): FileChange | null {
	const { kind, path, modified, from, to, target, size } = change;
	if (kind === 'move') return isWorldPath(from) && isWorldPath(to) ? { kind, from, to } : null;
	if (!isWorldPath(path)) return null;
	if (kind === 'remove') return { kind, path };
	if (!isTime(modified)) return null;
	switch (kind) {
		case 'write': {
			const { content } = change;
			return content instanceof Uint8Array ? { kind, path, content, modified } : null;
		}
		case 'directory':
			return { kind, path, modified };
		case 'symlink':
			return isLinkTarget(target) ? { kind, path, target, modified } : null;
		case 'patch': {
			if (!isSize(size)) return null;
			const extents = parseExtents(change.extents, size);
			return extents && { kind, path, size, extents, modified };
		}
		default:
			return null;
	}
}

function parseExtents(value: unknown, size: number): (FileChange & { kind: 'patch' })['extents'] | null {
	if (!isList(value)) return null;
	const extents = value.map((extent) => {
		const [offset, bytes] = [propertyOf(extent, 'offset'), propertyOf(extent, 'bytes')];
		if (!isSize(offset) || !(bytes instanceof Uint8Array) || offset + bytes.length > size) return null;
		return { offset, bytes };
	});
	return extents.every((extent) => extent !== null) ? extents : null;
}

const isTime = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= maxTime;

const isSize = (value: unknown): value is number =>
	typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const isLinkTarget = (value: unknown): value is string =>
	typeof value === 'string' && value !== '' && !value.includes('\0') && !exceedsBytes(value, maxPathBytes);
