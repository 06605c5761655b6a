import type { Attachment } from 'svelte/attachments';

/** Space left around what is brought into view, in pixels. */
const margin = 8;

/**
 * Brings the answer of a call into view, below what runs the call, and keeps it there while it grows, until a person does something.
 * What is in view already stays where it is.
 */
export const inView: Attachment<HTMLElement> = (answer) => {
	const body = answer.closest<HTMLElement>('.body');
	const bar = body?.querySelector('.actions');
	if (!body || !bar) return;
	const observer = new ResizeObserver(() => bring(answer, body, bar));
	const rest = () => observer.disconnect();
	observer.observe(answer);
	for (const act of acts) addEventListener(act, rest, { once: true, capture: true, passive: true });
	return () => {
		rest();
		for (const act of acts) removeEventListener(act, rest, { capture: true });
	};
};

const acts = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

function bring(answer: HTMLElement, body: HTMLElement, bar: Element): void {
	const card = answer.querySelector('[data-testid=result]')?.getBoundingClientRect();
	if (!card) return;
	const room = body.getBoundingClientRect();
	// Wherever it stands now: scrolled past, it sticks to the top, above the answer.
	const top = room.top + bar.getBoundingClientRect().height + margin;
	const by = Math.min(card.top - top, card.bottom - (room.bottom - margin));
	if (by > 0) body.scrollTop += by;
}
