import { itemAt } from '../item-at';
import type { SavedCall } from '../scenario/check-call';
import { sourcesOf } from './binding';

/** For each step which flow it is a part of, as the index of that flow's first step: steps that take from each other are one flow. */
export function flowGroups(calls: readonly SavedCall[]): readonly number[] {
	const group = calls.map((_, index) => index);
	calls.forEach((call, index) => {
		for (const source of sourcesOf(call)) {
			const [one, other] = [itemAt(group, index), group[source - 1]];
			if (other === undefined || one === other) continue;
			const [least, most] = [Math.min(one, other), Math.max(one, other)];
			group.forEach((each, at) => {
				if (each === most) group[at] = least;
			});
		}
	});
	return group;
}
