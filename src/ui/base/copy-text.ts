import type { Outgoing } from '../../core/outlet';

/** Puts a text on the clipboard. Rejects where the browser refuses. The only way there: a rule of the linter holds that. */
export const copyText = (text: Outgoing<string>): Promise<void> => navigator.clipboard.writeText(text);
