import { openOffice, type BrokerParts, type Office } from './office';

/** Frames of the broker by what they can reach: one for each set of sources, shared by what needs that set. */
export interface Offices {
	/** The frame that reaches these CSP sources and nothing else, counted as in use until it is left. */
	enter(sources: readonly string[]): Office;
	leave(office: Office): void;
	/** Takes every frame away. */
	close(): void;
}

/** Frames that stay for the next request of the same reach. */
const kept = 3;

interface SharedOffice extends Office {
	/** Requests and bodies that are open in it. */
	open: number;
}

export function createOffices(parts: BrokerParts): Offices {
	const offices = new Map<string, SharedOffice>();

	function officeFor(sources: readonly string[]): SharedOffice {
		const key = sources.join(' ');
		const known = offices.get(key);
		if (known) {
			// The most recently used is last.
			offices.delete(key);
			offices.set(key, known);
			return known;
		}
		const opened = openOffice(parts, sources, () => {
			if (offices.get(key) === office) offices.delete(key);
		});
		const office: SharedOffice = { ...opened, open: 0 };
		offices.set(key, office);
		return office;
	}

	return {
		enter(sources) {
			const office = officeFor(sources);
			office.open += 1;
			return office;
		},
		leave(left) {
			(left as SharedOffice).open -= 1;
			for (const office of offices.values()) {
				if (offices.size <= kept) return;
				if (office.open === 0) office.close();
			}
		},
		close() {
			for (const office of offices.values()) office.close();
		},
	};
}
