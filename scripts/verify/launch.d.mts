export declare function launch<Server>(
	launchServer: (options: {
		executablePath: string;
		env: Record<string, string>;
		chromiumSandbox: boolean;
		handleSIGINT: false;
		handleSIGTERM: false;
		handleSIGHUP: false;
	}) => Promise<Server>,
	executablePath: string,
): Promise<{ readonly server: Server; readonly warning: string | null }>;
