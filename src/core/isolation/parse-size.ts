import { itemAt } from '../item-at';

const factors: Readonly<Record<string, number>> = {
	'': 1,
	b: 1,
	k: 2 ** 10,
	m: 2 ** 20,
	g: 2 ** 30,
	t: 2 ** 40,
};

/** Bytes of a size as compose writes it: `512m`, `1.5gb`, `1048576`. Null where it is none. */
export function parseSize(text: string): number | null {
	const found = /^(\d{1,15}(?:\.\d{1,6})?)\s*([bkmgt]?)(i?b)?$/i.exec(text.trim());
	if (!found) return null;
	const factor = factors[itemAt(found, 2).toLowerCase()];
	return factor === undefined ? null : Math.floor(Number(found[1]) * factor);
}
