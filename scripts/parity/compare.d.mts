export interface Answer {
	text?: string;
	isError?: boolean;
	structured?: unknown;
	policyFile?: string | null;
	rpcError?: { message: string };
	tools?: readonly string[];
	none?: boolean;
}

export interface Row {
	what: string;
	match?: { releases?: string[]; tool?: string; arguments?: string; real?: string; page?: string };
}

export function compareStep(
	step: { tool?: string; arguments?: string },
	real: Answer | undefined,
	page: Answer | undefined,
	differences: readonly Row[],
	release: string,
): { verdict: 'same' | 'on purpose' | 'different'; row: Row | null } | null;
