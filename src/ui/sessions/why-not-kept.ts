const words: Readonly<Record<string, string>> = {
	QuotaExceededError:
		'There is no room left for this page on this disk, so what changed since the session was last kept ends with its tab. Delete other sessions, or download it under Share.',
	VersionError:
		'A newer version of this page is open in another tab, so this tab keeps nothing any more. Download the session under Share, then reload this tab.',
};

/** What an error of the browser's storage means for the session, and what to do. */
export const whyNotKept = (error: unknown): string =>
	(error instanceof DOMException || error instanceof Error ? words[error.name] : undefined) ??
	'This browser keeps nothing for this page (private mode, storage switched off, or a full disk), so this session ends with its tab. Download it under Share.';
