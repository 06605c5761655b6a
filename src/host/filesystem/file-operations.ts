import { operationFailed } from '../io/error';
import { InputStream, OutputStream } from '../io/streams';
import { LimitReached } from '../types';
import type { MayRead, MayWrite } from './attempt';
import { fileOf, type Context, type Handle } from './handle';
import type { FileInode } from './inode';
import { fail, toNumber } from './wasi';

/** The most bytes that one `read` gives. */
const maxRead = 2 ** 20;

/** What is said where the directory was granted without the access: a stream says something else than the call that reads or writes at once. */
type RightCode = 'not-permitted' | 'bad-descriptor';

/** The file behind a descriptor that may be read through it; decided and recorded at the first reading. */
function readable(
	context: Context,
	handle: Handle,
	without: RightCode,
): { readonly file: FileInode; readonly mayRead: MayRead } {
	const file = fileOf(handle);
	const mayRead = (handle.noted.read ??= context.auditor.perform(
		'read',
		'read',
		handle.preopen,
		(attempt) => {
			const granted = attempt.require('read', handle.path, handle.preopen, without);
			if (!handle.flags.read) fail('bad-descriptor');
			if (file.content.withheld) fail('not-permitted');
			return granted;
		},
	));
	return { file, mayRead };
}

/** The same for writing. */
function writable(
	context: Context,
	handle: Handle,
	without: RightCode,
): { readonly file: FileInode; readonly mayWrite: MayWrite } {
	const file = fileOf(handle);
	const mayWrite = (handle.noted.write ??= context.auditor.perform(
		'write',
		'write',
		handle.preopen,
		(attempt) => {
			const granted = attempt.require('write', handle.path, handle.preopen, without);
			if (!handle.flags.write) fail('bad-descriptor');
			return granted;
		},
	));
	return { file, mayWrite };
}

export function read(
	context: Context,
	handle: Handle,
	length: bigint,
	offset: bigint,
): [Uint8Array, boolean] {
	const { file, mayRead } = readable(context, handle, 'not-permitted');
	const start = toNumber(offset);
	const bytes = context.tree.read(mayRead, file, start, Number(length < maxRead ? length : maxRead));
	return [bytes, start + bytes.length >= file.content.size];
}

export function write(context: Context, handle: Handle, bytes: Uint8Array, offset: bigint): bigint {
	const opened = writable(context, handle, 'not-permitted');
	put(context, handle, opened, bytes, toNumber(offset));
	return BigInt(bytes.length);
}

function put(
	{ tree, auditor }: Context,
	{ path }: Handle,
	{ file, mayWrite }: ReturnType<typeof writable>,
	bytes: Uint8Array,
	at: number,
): void {
	try {
		tree.write(mayWrite, file, bytes, at);
	} catch (error) {
		if (error instanceof LimitReached) auditor.endWrite(path, error);
		throw error;
	}
}

export function setSize(context: Context, handle: Handle, size: bigint): void {
	const file = fileOf(handle);
	context.auditor.perform('set-size', 'write', handle.preopen, (attempt) => {
		const mayWrite = attempt.require('write', handle.path);
		// POSIX has EINVAL for a file that was not opened for writing.
		if (!handle.flags.write) fail('invalid');
		context.tree.resize(mayWrite, file, toNumber(size));
	});
}

export function readViaStream(context: Context, handle: Handle, offset: bigint): InputStream {
	const { file, mayRead } = readable(context, handle, 'bad-descriptor');
	let position = toNumber(offset);
	context.tree.open(file);
	return InputStream.from({
		read(max) {
			if (position >= file.content.size) return null;
			// Generated code copies them into the guest's memory at once, and a splice into another stream does as well.
			const bytes = attempt(() => context.tree.view(mayRead, file, position, max));
			position += bytes.length;
			return bytes;
		},
		close: () => context.tree.close(file),
	});
}

/** A stream that writes from an offset on, or always at the end without one. */
export function writeViaStream(context: Context, handle: Handle, offset: bigint | null): OutputStream {
	const opened = writable(context, handle, 'bad-descriptor');
	const { file } = opened;
	let position = offset === null ? null : toNumber(offset);
	context.tree.open(file);
	return OutputStream.from({
		write(bytes) {
			attempt(() => put(context, handle, opened, bytes, position ?? file.content.size));
			if (position !== null) position += bytes.length;
		},
		close: () => context.tree.close(file),
	});
}

/** Turns a WASI error code into the error of a stream, which `filesystem-error-code` turns back. */
function attempt<T>(operation: () => T): T {
	try {
		return operation();
	} catch (error) {
		throw typeof error === 'string' ? operationFailed(error, { filesystem: error }) : error;
	}
}
