const tabKey = 'tapedeck:tab';

/** The session that this tab works on; null for a new tab, and where the browser has no such storage. */
export function readTab(): string | null {
	try {
		return sessionStorage.getItem(tabKey);
	} catch {
		return null;
	}
}

/** Remembers the session of this tab over a reload. A tab that cannot remember its own goes on with the last one. */
export function writeTab(id: string): void {
	try {
		sessionStorage.setItem(tabKey, id);
	} catch {
		// There is none.
	}
}
