export declare function listen(options: {
	readonly port: number;
	readonly page: {
		connect(connection: string): Promise<void>;
		receive(connection: string, text: string): Promise<void>;
		disconnect(connection: string): Promise<void>;
	};
}): Promise<{
	readonly address: string;
	readonly token: string;
	send(connection: string, text: string): void;
	close(): Promise<void>;
}>;
