import { release } from '../core/release';
import type { BodyChunk } from './protocol';

/** Gives up the bytes of a response once they have gone on to where they are wanted: nobody else reads them. */
export function releaseChunk(name: string, value: unknown): void {
	if (name !== 'read') return;
	const chunk = value as BodyChunk;
	if (chunk.ok) release(chunk.bytes);
}
