const share = 10;
const fewest = 25;

/**
 * How many cases a property is held against: as many as it is worth where somebody asks for all, and a tenth of them, others each time, where
 * only the short tests run (`TAPEDECK_TESTS=short`, which `.ci/run` sets).
 */
export const runs = (all: number): number =>
	process.env['TAPEDECK_TESTS'] === 'short' ? Math.min(all, Math.max(fewest, Math.ceil(all / share))) : all;
