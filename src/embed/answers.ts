import type { ActivityEntry } from '../core/activity';
import type { Outgoing } from '../core/outlet';
import { seal } from '../core/outlet/outgoing';
import type { EmbedReply } from './protocol';

/*
 * All that an embedded page ever says to the page around it. Each message is made here, of what may leave already.
 */

type Id = string | number;

/** A request was carried out. */
export const answered = (id: Id, result: Outgoing<unknown>): Outgoing<EmbedReply> =>
	seal({ tapedeck: 1, id, ok: true, result });

/** It was not; `error` is a sentence. */
export const refused = (id: Id, error: Outgoing<string>): Outgoing<EmbedReply> =>
	seal({ tapedeck: 1, id, ok: false, error });

/** Entries came into the record, or ended. */
export const happened = (entries: Outgoing<readonly ActivityEntry[]>): Outgoing<EmbedReply> =>
	seal({ tapedeck: 1, event: 'activity', entries });

/**
 * What the page around said itself, or what was made of that and of nothing else. It goes back as it came: what is hidden in it would tell
 * the page around that it had guessed a secret.
 */
export const echoed = <T>(value: T): Outgoing<T> => seal(value);

/** Nothing but that it was done. */
export const nothing = (): Outgoing<unknown> => seal(undefined);

/** How high the page would be, in CSS pixels: it is that of the words and parts that the page around has chosen, and calls change nothing of it. */
export const measured = (height: number): Outgoing<EmbedReply> =>
	seal({ tapedeck: 1, event: 'height', height });
