import { withoutBindings, type Binding } from '../../core/flow';
import type { SavedCall } from '../../core/scenario';

/** The call with these of its arguments coming from elsewhere, and no others. */
export const withBindings = (
	call: SavedCall,
	bindings: readonly (readonly [argument: string, binding: Binding])[],
): SavedCall =>
	bindings.length > 0
		? { ...withoutBindings(call), take: Object.fromEntries(bindings) }
		: withoutBindings(call);
