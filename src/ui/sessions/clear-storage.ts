/** Removes what this page keeps beside its database. */
export function clearStorage(): void {
	for (const storage of [() => localStorage, () => sessionStorage]) {
		try {
			for (const key of Object.keys(storage())) if (key.startsWith('tapedeck:')) storage().removeItem(key);
		} catch {
			// There is none, and so nothing in it.
		}
	}
}
