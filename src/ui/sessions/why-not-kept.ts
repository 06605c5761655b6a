const words: Readonly<Record<string, string>> = {
	TimeoutError:
		'This browser’s storage does not answer, so what changed since the session was last kept may end with its tab. It is tried again; meanwhile, download the session under Share.',
	QuotaExceededError:
		'There is no room left for this page on this disk, so what changed since the session was last kept ends with its tab. Delete other sessions, or download it under Share.',
	VersionError:
		'A newer version of this page is open in another tab, so this tab keeps nothing any more. Download the session under Share, then reload this tab.',
};

const nameOf = (error: unknown): string | null =>
	error instanceof DOMException || error instanceof Error ? error.name : null;

/** What an error of the browser's storage means for the session, and what to do. */
export const whyNotKept = (error: unknown): string =>
	words[nameOf(error) ?? ''] ??
	'This browser keeps nothing for this page (private mode, storage switched off, or a full disk), so this session ends with its tab. Download it under Share.';

/** Whether the browser’s storage did not answer, and may yet. */
export const isLate = (error: unknown): boolean => nameOf(error) === 'TimeoutError';
