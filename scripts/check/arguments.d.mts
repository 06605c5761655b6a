export declare const usage: string;
export declare function parseArguments(words: readonly string[]):
	| {
			readonly ok: true;
			readonly options: {
				readonly files: readonly string[];
				readonly engine?: readonly string[];
				readonly failOn: 'warning' | 'error';
				readonly requests?: string;
				readonly scenario?: string;
				readonly component?: string;
				readonly json: boolean;
				readonly sarif?: string;
				readonly annotations: boolean;
				readonly help: boolean;
			};
	  }
	| { readonly ok: false; readonly error: string };
