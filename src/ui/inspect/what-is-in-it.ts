import { inventoryOf } from '../../artifact/contents/inventory';
import { readStatement, type SaidStatement } from '../../core/attestation/read-statement';
import type { Inventory, ModuleMaterials } from '../../core/materials/materials';
import { readAttested } from '../../core/materials/read-attested';
import { signedWords } from '../../core/signature/judge';
import type { DeckComponent } from '../../deck/deck';
import { checkComponent } from '../../deck/signature-problem';

/** A statement that came beside a component, and who says it. */
export interface ComingStatement extends SaidStatement {
	/** A sentence. */
	readonly by: string;
}

/** All that is known of what a component is made of. */
export interface WhatIsInIt extends Inventory {
	/** What came beside it: signed statements whose signatures hold, and lists that nobody signed. */
	readonly statements: readonly ComingStatement[];
	/** What exports are made of: its modules, and every list that came beside it. */
	readonly listed: readonly ModuleMaterials[];
}

/** Reads what a component and all that came with it say of what is in it. Asks nobody. */
export async function whatIsInIt(
	component: Pick<DeckComponent, 'bytes' | 'signer' | 'provenance'>,
): Promise<WhatIsInIt> {
	const inventory = await inventoryOf(component.bytes);
	const statements = [...(await signed(component)), ...unsigned(component)];
	const lists = statements.flatMap(({ title, by, materials, problem }) =>
		materials === null
			? []
			: {
					...{ place: `${title}. ${by}`, name: null, materials, producers: [], facts: {} },
					problems: problem === null ? [] : [problem],
				},
	);
	return { ...inventory, statements, listed: [...inventory.modules, ...lists] };
}

async function signed(
	component: Pick<DeckComponent, 'bytes' | 'signer' | 'provenance'>,
): Promise<readonly ComingStatement[]> {
	if (!component.provenance?.signatures.length) return [];
	const checked = await checkComponent(component.bytes, component);
	return (checked?.checks ?? []).flatMap((check) =>
		check.state === 'holds' && check.predicateType !== null
			? { ...readStatement(check.predicateType, check.predicate), by: signedWords(check.by) }
			: [],
	);
}

const unsigned = ({ provenance }: Pick<DeckComponent, 'provenance'>): readonly ComingStatement[] =>
	(provenance?.lists ?? []).map((list) => {
		const read = readAttested(list);
		return {
			...{ rows: [], by: 'Nobody signed it.' },
			title: read.ok ? `What is in it (${read.value.format})` : 'What is in it',
			materials: read.ok ? read.value.materials : [],
			problem: read.ok ? null : read.error,
		};
	});
