export declare function listen(options: {
	readonly port: number;
	readonly page: {
		connect(connection: string, label?: string): Promise<void>;
		receive(connection: string, text: string): Promise<void>;
		disconnect(connection: string, label?: string): Promise<void>;
	};
	/** The era of the protocol that is served; default either. */
	readonly era?: 'legacy' | 'modern' | null;
}): Promise<{
	readonly address: string;
	readonly token: string;
	send(connection: string, text: string): void;
	close(): Promise<void>;
}>;
