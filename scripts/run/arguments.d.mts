export declare const usage: string;
export declare function parseArguments(words: readonly string[]):
	| {
			readonly ok: true;
			readonly options: {
				readonly component: string;
				readonly tool: string;
				readonly args: readonly string[];
				readonly policy?: string;
				readonly engine?: string;
				readonly env: readonly string[];
				readonly dir: readonly string[];
				readonly scenario?: string;
				readonly all: boolean;
				readonly timeoutMs: number;
				readonly json: boolean;
				readonly help: boolean;
			};
	  }
	| { readonly ok: false; readonly error: string };
