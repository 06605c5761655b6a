/** The least size of a frame in which something can be agreed to, in CSS pixels: below it nobody can read what it is. */
const least = { width: 240, height: 160 };

/** How long a browser may take between two looks, in milliseconds; the least that one allows. */
const lookMs = 100;

/** What version 2 of IntersectionObserver adds. */
interface SightOptions extends IntersectionObserverInit {
	trackVisibility: boolean;
	delay: number;
}

interface Size {
	readonly width: number;
	readonly height: number;
}

interface Sight {
	readonly card: Size;
	/** The part of it that no edge cuts off, those of the pages around included. */
	readonly inView: Size;
	/** Nothing covers it, and nothing makes it see-through or distorts it; undefined where the browser cannot say. */
	readonly isVisible: boolean | undefined;
	readonly frame: Size;
}

/** Why a card cannot be seen well enough to agree to what it says, as a sentence; null where it can. */
export function sightProblem({ card, inView, isVisible, frame }: Sight): string | null {
	if (frame.width < least.width || frame.height < least.height)
		return 'This frame is too small to agree to anything in it.';
	if (inView.width < 0.9 * card.width || inView.height < Math.min(0.9 * card.height, least.height))
		return 'Part of this is out of sight, so it cannot be agreed to yet.';
	if (isVisible === false)
		return 'The page around this one covers it, or makes it see-through, so it cannot be agreed to.';
	return null;
}

/** Watches whether a card can be seen, and tells each time; nothing is told before the browser has looked. Gives what ends it. */
export function watchSight(card: Element, tell: (problem: string | null) => void): () => void {
	let last: Omit<Sight, 'frame'> | null = null;
	const look = () => {
		if (last) tell(sightProblem({ ...last, frame: { width: innerWidth, height: innerHeight } }));
	};
	const options: SightOptions = {
		// Every tenth, so that a frame that is pushed out of sight bit by bit is noticed.
		threshold: Array.from({ length: 11 }, (_, tenth) => tenth / 10),
		trackVisibility: true,
		delay: lookMs,
	};
	const observer = new IntersectionObserver((entries) => {
		const entry = entries.at(-1)! as IntersectionObserverEntry & { readonly isVisible?: boolean };
		last = {
			card: entry.boundingClientRect,
			inView: entry.intersectionRect,
			isVisible: entry.isVisible,
		};
		look();
	}, options);
	observer.observe(card);
	addEventListener('resize', look);
	return () => {
		observer.disconnect();
		removeEventListener('resize', look);
	};
}
