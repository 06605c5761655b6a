import { err, ok, type Result } from '../result';
import type { Subject } from './understood';

const form = /^((?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*)(?:@([^/\s]+))?(?:\/(.+))?$/;

/** Reads `package@version/path`, as jsDelivr and unpkg write it. The error is a sentence. */
export function readNpm(text: string): Result<Extract<Subject, { kind: 'npm' }>, string> {
	const [, name, version, path] = form.exec(text) ?? [];
	if (name === undefined || name.length > 214)
		return err('This names no npm package. One is written npm:package@version/path/to/component.wasm.');
	return ok({ kind: 'npm', name, version: version ?? null, path: path ?? null });
}

/** Whether a version is exactly one, under which npm lets nobody publish again. */
export const isExactVersion = (version: string): boolean => /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(version);
