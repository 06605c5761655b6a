export function differencesPage(
	rows: readonly { what: string; wassette: string; tapedeck: string; match?: object }[],
): string;
